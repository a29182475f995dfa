package presence.rulebook;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import presence.engine.RuleBook;
import presence.engine.RuleFile;
import presence.records.RecordsException;
import presence.records.RulesRecords;
import presence.records.RulesRecords.ActivationRow;
import presence.records.RulesRecords.DraftRow;
import presence.records.RulesRecords.ReleaseRow;

/** The releases of the rules and the draft of the next. Any thread. */
public final class Releases {
    private final RulesRecords records;
    private final Release program;
    private final Clock clock;

    /** @param program the rules and scenarios of the program, or of the folder that its settings name: release 0 */
    public Releases(RulesRecords records, List<RuleFile> program, Clock clock) {
        this.records = records;
        this.program = new Release(0, RuleBook.hash(program), "", "", 0, List.of(), program, "");
        this.clock = clock;
    }

    /** The rules of the program, or of the folder that its settings name. */
    public Release program() {
        return program;
    }

    /** The release of this number; empty if there is none. */
    public Optional<Release> find(int number) throws RecordsException {
        return number == 0 ? Optional.of(program) : records.release(number).map(Releases::read);
    }

    /** Releases without their files and reports, the newest first; that of the program is the last. */
    public List<Release> list(int below, int limit) throws RecordsException {
        return records.releases(below, limit).stream().map(Releases::read).toList();
    }

    /** Which releases concluded, the last first. */
    public List<ActivationRow> activations(int limit) throws RecordsException {
        return records.activations(limit);
    }

    /** Notes that a release concludes from now on. */
    public void activated(int release, String author) throws RecordsException {
        records.activated(release, author, clock.millis());
    }

    /** The draft; empty if there is none. */
    public Optional<Draft> draft() throws RecordsException {
        return records.draft().filter(row -> row.files() != null).map(Releases::read);
    }

    /**
     * Puts a draft in place of another.
     *
     * @param expected the version of the draft that is replaced; 0 for none
     * @return the draft; empty if there is another version, or one where none was expected
     */
    public Optional<Draft> replaceDraft(List<RuleFile> files, int basedOn, String author, long expected)
            throws RecordsException {
        Optional<DraftRow> found = records.draft();
        boolean there = found.isPresent() && found.get().files() != null;
        long version = found.map(DraftRow::version).orElse(0L);
        if (there ? version != expected : expected != 0) {
            return Optional.empty();
        }
        DraftRow draft = new DraftRow(version + 1, basedOn, author, clock.millis(), RuleFilesForm.bytes(files));
        return records.replace(draft, version) ? Optional.of(read(draft)) : Optional.empty();
    }

    /** Deletes the draft of this version; false if there is another. */
    public boolean deleteDraft(long version) throws RecordsException {
        return records.deleteDraft(version);
    }

    /**
     * Makes a release of a draft, which is deleted with it.
     *
     * @param report what the check said of it, by the number it gets: a JSON document
     * @return the release; empty if the draft has changed meanwhile, or there are too many releases
     */
    public Optional<Release> release(
            Draft draft, String author, String comment, List<String> overridden, IntFunction<String> report)
            throws RecordsException {
        long now = clock.millis();
        return records.add(
                        number -> new ReleaseRow(
                                number,
                                RuleBook.hash(draft.files()),
                                author,
                                comment,
                                now,
                                String.join(" ", overridden),
                                RuleFilesForm.bytes(draft.files()),
                                RuleFilesForm.bytes(report.apply(number))),
                        draft.version())
                .map(Releases::read);
    }

    private static Release read(ReleaseRow row) {
        return new Release(
                row.number(),
                row.hash(),
                row.author(),
                row.comment(),
                row.releasedAtEpochMilli(),
                row.overridden().isEmpty()
                        ? List.of()
                        : List.of(row.overridden().split(" ")),
                row.files() == null ? List.of() : RuleFilesForm.files(row.files()),
                row.report() == null ? "" : RuleFilesForm.text(row.report()));
    }

    private static Draft read(DraftRow row) {
        byte[] files = row.files();
        return new Draft(
                row.version(),
                row.basedOn(),
                row.author(),
                row.changedAtEpochMilli(),
                files == null ? List.of() : RuleFilesForm.files(files));
    }
}
