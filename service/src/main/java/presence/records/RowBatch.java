package presence.records;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into one table. The values of a row are given in the order of the columns, and every row gives each
 * column the same kind of value. A row that is there already stays as it is: the same number at the same instant is the
 * same event. For one thread, within one transaction.
 */
public abstract class RowBatch implements AutoCloseable {
    private final PreparedStatement statement;

    private RowBatch(PreparedStatement statement) {
        this.statement = statement;
    }

    /**
     * A batch for a table.
     *
     * @param postgresql whether the connection leads to PostgreSQL
     * @param table its name, which comes from the program and never from a caller
     * @param columns the kind of each column: {@code t} for a text, {@code n} for a number
     */
    public static RowBatch into(Connection connection, boolean postgresql, String table, String columns)
            throws SQLException {
        return postgresql ? new Columns(connection, table, columns) : new Lines(connection, table, columns);
    }

    /** The next column is this text; null for none. */
    public abstract RowBatch text(@Nullable Object value) throws SQLException;

    /** The next column is this number; null for none. */
    public abstract RowBatch number(@Nullable Long value) throws SQLException;

    /** The next column is this number. */
    public abstract RowBatch number(long value) throws SQLException;

    /** A flag, as a number. */
    public final RowBatch flag(boolean value) throws SQLException {
        return number(value ? 1L : 0L);
    }

    /** The row is complete. */
    public abstract void end() throws SQLException;

    /** Writes what has been given. */
    public abstract void send() throws SQLException;

    @Override
    public void close() throws SQLException {
        statement.close();
    }

    /** Row by row: the database is in this process, and a row costs it nothing but itself. */
    private static final class Lines extends RowBatch {
        private final PreparedStatement insert;
        private int column;
        private int rows;

        Lines(Connection connection, String table, String columns) throws SQLException {
            this(connection.prepareStatement("insert into " + table + " values (" + "?, ".repeat(columns.length() - 1)
                    + "?) on conflict do nothing"));
        }

        private Lines(PreparedStatement insert) {
            super(insert);
            this.insert = insert;
        }

        @Override
        public RowBatch text(@Nullable Object value) throws SQLException {
            if (value == null) {
                insert.setNull(++column, Types.VARCHAR);
            } else {
                insert.setString(++column, value.toString());
            }
            return this;
        }

        @Override
        public RowBatch number(@Nullable Long value) throws SQLException {
            if (value == null) {
                insert.setNull(++column, Types.BIGINT);
                return this;
            }
            return number((long) value);
        }

        @Override
        public RowBatch number(long value) throws SQLException {
            insert.setLong(++column, value);
            return this;
        }

        @Override
        public void end() throws SQLException {
            insert.addBatch();
            column = 0;
            rows++;
        }

        @Override
        public void send() throws SQLException {
            if (rows > 0) {
                int[] unused = insert.executeBatch();
                rows = 0;
            }
        }
    }

    /** Column by column: one statement with an array for each, which the server neither parses nor plans anew. */
    private static final class Columns extends RowBatch {
        private final PreparedStatement insert;
        private final String kinds;
        private final List<List<@Nullable Object>> columns = new ArrayList<>();
        private int column;

        Columns(Connection connection, String table, String kinds) throws SQLException {
            this(
                    connection.prepareStatement("insert into " + table + " select * from unnest("
                            + String.join(", ", Collections.nCopies(kinds.length(), "?"))
                            + ") on conflict do nothing"),
                    kinds);
        }

        private Columns(PreparedStatement insert, String kinds) {
            super(insert);
            this.insert = insert;
            this.kinds = kinds;
            for (int i = 0; i < kinds.length(); i++) {
                columns.add(new ArrayList<>());
            }
        }

        @Override
        public RowBatch text(@Nullable Object value) {
            columns.get(column++).add(value == null ? null : value.toString());
            return this;
        }

        @Override
        public RowBatch number(@Nullable Long value) {
            columns.get(column++).add(value);
            return this;
        }

        @Override
        public RowBatch number(long value) {
            columns.get(column++).add(value);
            return this;
        }

        @Override
        public void end() {
            column = 0;
        }

        @Override
        public void send() throws SQLException {
            if (columns.get(0).isEmpty()) {
                return;
            }
            List<Array> arrays = new ArrayList<>();
            for (int i = 0; i < kinds.length(); i++) {
                Array array = insert.getConnection()
                        .createArrayOf(
                                kinds.charAt(i) == 't' ? "text" : "bigint",
                                columns.get(i).toArray());
                arrays.add(array);
                insert.setArray(i + 1, array);
                columns.get(i).clear();
            }
            int unused = insert.executeUpdate();
            for (Array array : arrays) {
                array.free();
            }
        }
    }
}
