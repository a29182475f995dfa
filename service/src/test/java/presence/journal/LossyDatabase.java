package presence.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A real database behind a line that loses what it is told to lose. */
final class LossyDatabase {

    /** What becomes of an entry on its way. */
    enum Loss {
        NOTHING,
        /** It does not arrive. */
        COMMAND,
        /** It arrives and is committed, but nobody hears of it. */
        ANSWER
    }

    private final Database database;
    private Loss loss = Loss.NOTHING;
    private boolean away;
    private boolean linger;

    LossyDatabase(TestDatabase database) throws JournalException {
        this.database = database.configuration().database();
    }

    /** The next entry's fate. */
    void lose(Loss next) {
        loss = next;
    }

    /** Whether new connections are refused. */
    void away(boolean now) {
        away = now;
    }

    /** Whether the server is to miss that a connection is closed here. */
    void linger(boolean now) {
        linger = now;
    }

    Journal open() throws JournalException {
        return DatabaseJournal.open(proxy(Database.class, (method, arguments) -> {
            if (method.getName().equals("connectWriter") && away) {
                throw new SQLException("refused", "08001");
            }
            Object result = call(database, method, arguments);
            return method.getName().equals("connectWriter") ? lossy((Connection) result) : result;
        }));
    }

    private Connection lossy(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("close") && linger) {
                return null;
            }
            Object result = call(connection, method, arguments);
            boolean appends = method.getName().equals("prepareStatement")
                    && ((String) arguments[0]).contains("insert into journal_entry");
            return appends ? lossy((PreparedStatement) result) : result;
        });
    }

    private PreparedStatement lossy(PreparedStatement statement) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            Loss now = method.getName().equals("execute") ? loss : Loss.NOTHING;
            if (now != Loss.NOTHING) {
                loss = Loss.NOTHING;
            }
            if (now == Loss.COMMAND) {
                throw new SQLException("the command was lost", "08006");
            }
            Object result = call(statement, method, arguments);
            if (now == Loss.ANSWER) {
                throw new SQLException("the answer was lost", "08006");
            }
            return result;
        });
    }

    private interface Call {
        Object with(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                LossyDatabase.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.with(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
