package presence.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import presence.command.AgentDefinition;
import presence.command.Command;
import presence.command.Envelope;
import presence.command.Outcome;
import presence.command.ProfileDefinition;
import presence.engine.RuleBook;
import presence.engine.RuleFile;
import presence.engine.RuleFiles;
import presence.engine.Verdict;
import presence.facts.Capability;
import presence.facts.OnReturn;
import presence.facts.ProfileEnd;
import presence.facts.ProfileType;

/** Rules that tell agents apart by their labels, and ends of profiles by the agent's own clock, in a running contact centre. */
class LabelsAndLocalTimeTest {
    /** 10:00 in Helsinki. */
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static RuleBook rules(String path, String text, String otherwise) {
        List<RuleFile> files = new ArrayList<>();
        for (RuleFile file : RuleFiles.shipped()) {
            assertThat(!file.path().equals(path) || file.text().contains(text)).isTrue();
            files.add(file.path().equals(path) ? new RuleFile(path, file.text().replace(text, otherwise)) : file);
        }
        return RuleBook.compile(files);
    }

    private static RuleBook trainersTakeNothing() {
        return rules(
                "eligibility/eligibility.drl",
                "Agent( signedIn, rejectDelay )",
                "Agent( labels contains \"trainer\" )");
    }

    private static RuleBook lateLunchReturnsNotReady() {
        return rules(
                "profiles/expiry.drl",
                "onReturn == OnReturn.KEEP, $at : at )\nthen\n    verdict.returnToDefault( $end );\nend\n",
                """
                onReturn == OnReturn.KEEP, profile != "lunch" || localTime < "18:00", $at : at )
                then
                    verdict.returnToDefault( $end );
                end

                rule "EXPIRY-015 Lunch that ends at six in the evening or later clears Ready"
                timer( expr: 0, 1; start=$at, repeat-limit=1 )
                when
                    $end : ProfileEnd( onReturn == OnReturn.KEEP, profile == "lunch", localTime >= "18:00", $at : at )
                then
                    verdict.returnNotReady( $end );
                end
                """);
    }

    private static void apply(ContactCentre centre, Command... commands) {
        for (Command command : commands) {
            assertThat(centre.apply(Envelope.of(command))).as("%s", command).isEqualTo(Outcome.APPLIED);
        }
    }

    private static Command agent(String id, ZoneId zone, Set<String> labels) {
        return new Command.PutAgent(
                new AgentDefinition(id, id, zone, List.of(), EnumSet.allOf(Capability.class), labels));
    }

    private static boolean takesCalls(ContactCentre centre) {
        return centre.agent("ada").verdict().eligible(Capability.PHONE);
    }

    @Test
    void aLabelThatIsGivenOrTakenAwayShowsAtOnce() {
        try (ContactCentre centre = new ContactCentre(trainersTakeNothing(), START.toEpochMilli(), event -> {})) {
            apply(
                    centre,
                    agent("ada", UTC, Set.of("trainer", "team-lead")),
                    new Command.SignIn("ada"),
                    new Command.Ready("ada", null));
            assertThat(takesCalls(centre)).isFalse();

            assertThat(centre.apply(Envelope.of(agent("ada", UTC, Set.of("team-lead", "trainer")))))
                    .isEqualTo(Outcome.UNCHANGED);
            assertThat(centre.apply(Envelope.of(agent("ada", UTC, null))))
                    .as("labels that are not mentioned stay")
                    .isEqualTo(Outcome.UNCHANGED);

            apply(centre, agent("ada", UTC, Set.of("team-lead")));
            assertThat(takesCalls(centre)).isTrue();
            assertThat(centre.agent("ada").labels()).containsExactly("team-lead");
        }
    }

    @Test
    void labelsAndLocalTimesComeBackFromAnImage() {
        RuleBook rules = trainersTakeNothing();
        try (ContactCentre centre = new ContactCentre(rules, START.toEpochMilli(), event -> {})) {
            apply(
                    centre,
                    agent("ada", HELSINKI, Set.of("trainer")),
                    lunch(Duration.ofHours(1)),
                    new Command.SignIn("ada"),
                    new Command.SelectProfile("ada", "lunch", null));
            AgentImage image = centre.agent("ada").image();
            AgentState again = AgentState.of(image, ProfileType.AWAY, Verdict.UNDECIDED);
            assertThat(again.labels()).containsExactly("trainer");
            assertThat(again.profileEnd().localTime()).isEqualTo("11:00");
            assertThat(AgentState.of(asOfAnEarlierVersion(image), ProfileType.AWAY, Verdict.UNDECIDED))
                    .satisfies(old -> {
                        assertThat(old.labels()).isEmpty();
                        assertThat(old.profileEnd().localTime()).isEqualTo("11:00");
                    });
        }
    }

    /** Which knew neither labels nor local times. */
    private static AgentImage asOfAnEarlierVersion(AgentImage image) {
        ProfileEnd end = image.profileEnd();
        return new AgentImage(
                image.id(),
                image.name(),
                image.timeZone(),
                image.assignedQueues(),
                image.capabilities(),
                image.queues(),
                image.signedIn(),
                image.connected(),
                image.connectionLost(),
                image.ready(),
                image.notReadyReason(),
                image.profile(),
                new ProfileEnd(end.agent(), end.profile(), end.onReturn(), null, end.at()),
                image.graceEnd(),
                image.rejectDelayEnd(),
                image.silenceEnd(),
                image.heartbeatAt(),
                image.missedOffers(),
                image.profileSince(),
                image.notReadySince(),
                image.idleSince(),
                image.statusSince(),
                image.version(),
                null,
                null,
                null,
                null);
    }

    private static Command lunch(Duration duration) {
        return new Command.PutProfile(new ProfileDefinition(
                "lunch", "Lunch", ProfileType.AWAY, null, null, 1, duration, null, null, OnReturn.KEEP, null, null));
    }

    @Test
    void whetherLunchEndsInTheEveningIsSaidByTheAgentsOwnClock() {
        assertThat(readyAfterLunch(HELSINKI, Duration.ofHours(8))).isFalse();
        assertThat(readyAfterLunch(HELSINKI, Duration.ofHours(8).minusMillis(1)))
                .isTrue();
        assertThat(readyAfterLunch(UTC, Duration.ofHours(8))).isTrue();
        assertThat(readyAfterLunch(UTC, Duration.ofHours(10))).isFalse();
    }

    private static boolean readyAfterLunch(ZoneId zone, Duration lunch) {
        long start = START.toEpochMilli();
        try (ContactCentre centre = new ContactCentre(lateLunchReturnsNotReady(), start, event -> {})) {
            apply(
                    centre,
                    lunch(lunch),
                    agent("ada", zone, null),
                    new Command.SignIn("ada"),
                    new Command.Ready("ada", null),
                    new Command.SelectProfile("ada", "lunch", null));
            centre.advance(start + lunch.toMillis() - 1);
            assertThat(centre.agent("ada").profile()).isEqualTo("lunch");
            centre.advance(start + lunch.toMillis());
            assertThat(centre.agent("ada").profile()).isNotEqualTo("lunch");
            return centre.agent("ada").ready();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Helsinki,     2026-03-29T00:59:59.999Z, 02:59",
        "Europe/Helsinki,     2026-03-29T01:00:00Z,     04:00", // an hour forward
        "Europe/Helsinki,     2026-10-25T00:59:59.999Z, 03:59",
        "Europe/Helsinki,     2026-10-25T01:00:00Z,     03:00", // an hour back
        "Asia/Kolkata,        2026-06-01T18:30:00Z,     00:00",
        "Australia/Lord_Howe, 2026-10-03T15:30:00Z,     02:30",
        "UTC,                 1969-12-31T23:59:59Z,     23:59"
    })
    void theLocalTimeIsThatOfTheZoneAtThatInstant(ZoneId zone, Instant instant, String shown) {
        assertThat(ProfileClock.localTime(instant.toEpochMilli(), zone)).isEqualTo(shown);
    }
}
