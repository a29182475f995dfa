package presence.rulebook;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import presence.command.RulesRelease;
import presence.engine.InvalidRulesException;
import presence.engine.PresenceSession;
import presence.engine.RuleBook;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.records.RecordsException;
import presence.records.RulesRecords.ActivationRow;
import presence.state.RuleSource;

/**
 * Gives the rules of releases, compiled. A release that this version of the program cannot use is stood in for by the last
 * one that concluded before it and can be used, or by the rules of the program: bad rules never stop the service. Any
 * thread.
 */
public final class Rulebook implements RuleSource {
    private static final Logger LOG = LoggerFactory.getLogger(Rulebook.class);

    /** How many activations back a release is looked for that can stand in for another. */
    private static final int LOOKED_BACK = 100;

    private final Releases releases;
    private final RuleBook program;

    /** The rules given last, since they are asked for again: by a session beside the loop's. */
    private volatile @Nullable Compiled last;

    private volatile @Nullable Fault fault;
    private @Nullable Prepared prepared;

    private record Compiled(RulesRelease release, RuleBook rules) {}

    private record Prepared(RulesRelease release, PresenceSession session) {}

    /**
     * That a release cannot be used.
     *
     * @param release the release
     * @param standIn the number of the release that concludes in its place
     * @param reason why
     */
    public record Fault(RulesRelease release, int standIn, String reason) {}

    /**
     * @throws InvalidRulesException if the rules of the program, or of the folder that its settings name, cannot be used
     */
    public Rulebook(Releases releases) {
        this.releases = releases;
        program = compile(releases.program());
    }

    /** The rules of the program, or of the folder that its settings name. */
    RuleBook program() {
        return program;
    }

    /** Compiles the rules among the files of a release. */
    static RuleBook compile(Release release) {
        return RuleBook.compile(rules(release.files()));
    }

    /** The rules among files of rules and scenarios. */
    static List<RuleFile> rules(List<RuleFile> files) {
        return ending(files, RuleFiles.RULES);
    }

    /** The scenarios among files of rules and scenarios. */
    static List<RuleFile> scenarios(List<RuleFile> files) {
        return ending(files, RuleFiles.SCENARIOS);
    }

    private static List<RuleFile> ending(List<RuleFile> files, String ending) {
        return files.stream().filter(file -> file.path().endsWith(ending)).toList();
    }

    /** Why the release that is to conclude does not; empty if it does. */
    public Optional<Fault> fault(RulesRelease active) {
        Fault found = fault;
        return found != null && found.release().equals(active) ? Optional.of(found) : Optional.empty();
    }

    /** Has a session ready for when the release is asked for next; it becomes the asker's. */
    synchronized void prepare(RulesRelease release, PresenceSession session) {
        forgetPrepared();
        prepared = new Prepared(release, session);
        last = new Compiled(release, session.rules());
    }

    /** Closes the session that nobody has asked for. */
    synchronized void forgetPrepared() {
        if (prepared != null) {
            prepared.session().close();
            prepared = null;
        }
    }

    private synchronized @Nullable PresenceSession takePrepared(RulesRelease release) {
        if (prepared == null || !prepared.release().equals(release)) {
            return null;
        }
        PresenceSession session = prepared.session();
        prepared = null;
        return session;
    }

    @Override
    public PresenceSession open(RulesRelease release, long now) {
        PresenceSession ready = takePrepared(release);
        return ready != null ? ready : PresenceSession.open(rules(release), now);
    }

    private RuleBook rules(RulesRelease wanted) {
        Compiled known = last;
        if (known != null && known.release().equals(wanted)) {
            return known.rules();
        }
        RuleBook rules;
        try {
            rules = load(wanted);
            fault = null;
        } catch (UnusableRelease e) {
            rules = standIn(wanted, e);
        }
        last = new Compiled(wanted, rules);
        return rules;
    }

    /** Why a release cannot be used. */
    private static final class UnusableRelease extends Exception {
        private static final long serialVersionUID = 1;

        UnusableRelease(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    private RuleBook load(RulesRelease wanted) throws UnusableRelease {
        if (wanted.number() == 0) {
            return program;
        }
        try {
            Release release = releases.find(wanted.number())
                    .orElseThrow(() -> new UnusableRelease("It is not there any more.", null));
            if (!wanted.hash().isEmpty() && !release.hash().equals(wanted.hash())) {
                throw new UnusableRelease(
                        "Another release of this number is there. Maybe a backup was restored.", null);
            }
            return compile(release);
        } catch (RecordsException e) {
            throw new UnusableRelease("It cannot be read: " + e.getMessage(), e);
        } catch (InvalidRulesException e) {
            throw new UnusableRelease(
                    "This version of the program refuses it: " + e.faults().get(0), e);
        }
    }

    private RuleBook standIn(RulesRelease wanted, UnusableRelease why) {
        RuleBook rules = program;
        int number = 0;
        for (int candidate : concludedBefore(wanted.number())) {
            try {
                rules = load(new RulesRelease(candidate, ""));
                number = candidate;
                break;
            } catch (UnusableRelease e) {
                LOG.warn("Release {} of the rules cannot be used either: {}", candidate, e.getMessage());
            }
        }
        fault = new Fault(wanted, number, String.valueOf(why.getMessage()));
        LOG.error(
                "RELEASE {} OF THE RULES CANNOT BE USED, {} conclude in its place: {}",
                wanted.number(),
                number == 0 ? "the rules of the program" : "those of release " + number,
                why.getMessage());
        return rules;
    }

    private Set<Integer> concludedBefore(int wanted) {
        Set<Integer> numbers = new LinkedHashSet<>();
        try {
            for (ActivationRow activation : releases.activations(LOOKED_BACK)) {
                if (activation.release() != wanted) {
                    numbers.add(activation.release());
                }
            }
        } catch (RecordsException e) {
            LOG.warn("Which releases of the rules were active cannot be read: {}", e.getMessage());
        }
        return numbers;
    }
}
