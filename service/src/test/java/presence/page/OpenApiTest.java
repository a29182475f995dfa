package presence.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import presence.api.EventKind;
import presence.api.Ids;
import presence.command.CommandType;
import presence.command.ErrorCode;
import presence.engine.ValueSort;
import presence.facts.Capability;
import presence.facts.Channel;
import presence.facts.OnReturn;
import presence.facts.ProfileType;
import presence.facts.Reason;
import presence.facts.Status;
import presence.live.MessageKind;
import presence.page.OpenApi.Operation;
import presence.resources.AgentResource;
import presence.resources.AuditResource;
import presence.resources.BoardResource;
import presence.resources.CommandsResource;
import presence.resources.ConversationResource;
import presence.resources.KeyResource;
import presence.resources.MeResource;
import presence.resources.OfferResource;
import presence.resources.PolicyResource;
import presence.resources.ProfileResource;
import presence.resources.QueueGroupResource;
import presence.resources.QueueResource;
import presence.resources.ReportResource;
import presence.resources.RulesResource;
import presence.resources.SessionResource;
import presence.resources.SignInResource;
import presence.resources.StreamResource;
import presence.resources.VocabularyResource;
import presence.resources.WebhookResource;

/** The document says what the code does: the same addresses, codes, words and limits. */
class OpenApiTest {
    private static final List<Class<?>> RESOURCES = List.of(
            AgentResource.class,
            AuditResource.class,
            BoardResource.class,
            KeyResource.class,
            MeResource.class,
            SessionResource.class,
            SignInResource.class,
            CommandsResource.class,
            ConversationResource.class,
            OfferResource.class,
            PolicyResource.class,
            ProfileResource.class,
            QueueGroupResource.class,
            QueueResource.class,
            ReportResource.class,
            StreamResource.class,
            VocabularyResource.class,
            WebhookResource.class,
            RulesResource.class);

    private final OpenApi api = OpenApi.read();

    @Test
    void has_every_address_that_the_service_answers_and_no_other() throws Exception {
        Set<String> served = new TreeSet<>();
        for (Class<?> resource : RESOURCES) {
            for (Method method : resource.getDeclaredMethods()) {
                httpMethod(method).ifPresent(verb -> served.add(verb + " " + address(resource, method)));
            }
        }

        assertThat(new TreeSet<>(api.operations().stream()
                        .map(operation ->
                                operation.method() + " " + operation.path().replaceAll("\\{[^}]*}", "{}"))
                        .toList()))
                .isEqualTo(served);
    }

    @Test
    void every_resource_is_looked_at() throws Exception {
        java.nio.file.Path classes = java.nio.file.Path.of(AgentResource.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> found = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = java.nio.file.Files.list(classes.resolve("presence/resources"))) {
            for (java.nio.file.Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (Class.forName("presence.resources." + name).isAnnotationPresent(Path.class)) {
                    found.add(name);
                }
            }
        }
        assertThat(RESOURCES).extracting(Class::getSimpleName).containsExactlyInAnyOrderElementsOf(found);
    }

    private static java.util.Optional<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.isAnnotationPresent(HttpMethod.class))
                .map(type -> type.getAnnotation(HttpMethod.class).value())
                .findFirst();
    }

    private static String address(Class<?> resource, Method method) {
        Path path = method.getAnnotation(Path.class);
        return (resource.getAnnotation(Path.class).value() + (path == null ? "" : "/" + path.value()))
                .replaceAll("\\{[^}]*}", "{}")
                // The resource tells it apart from an agent of that id by itself.
                .replace(method.getName().equals("bulk") ? "/{}" : "\0", "/bulk");
    }

    @Test
    void names_every_code_with_its_status_and_meaning() {
        JsonNode schema = schema("ErrorCode");
        assertThat(texts(schema.path("enum"))).containsExactlyElementsOf(names(ErrorCode.values()));
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(schema.path("description").asText())
                    .containsPattern(Pattern.quote("| `" + code + "` | " + code.status()) + "( or 422)? "
                            + Pattern.quote("| " + code.title() + " |"));
        }
    }

    @Test
    void every_error_of_an_operation_is_one_of_its_status() {
        for (Operation operation : api.operations()) {
            for (Map.Entry<String, JsonNode> response :
                    operation.itself().path("responses").properties()) {
                int status = Integer.parseInt(response.getKey());
                if (status >= 400) {
                    assertThat(api.codes(operation, status))
                            .as("%s %s", operation, status)
                            .isNotEmpty()
                            .allSatisfy(
                                    code -> assertThat(ErrorCode.valueOf(code).status())
                                            .as("%s %s", operation, code)
                                            .isIn(status, status == 422 ? 404 : status));
                }
            }
        }
    }

    @Test
    void every_operation_says_what_the_door_answers() {
        for (Operation operation : api.operations()) {
            if (operation.itself().path("security").isArray()) {
                continue; // nobody is asked who they are
            }
            assertThat(operation.itself().path("responses").properties())
                    .as("%s", operation)
                    .extracting(Map.Entry::getKey)
                    .contains("401", "403", "429");
        }
    }

    @Test
    void has_the_words_of_the_code() {
        assertThat(words("Status")).containsExactlyElementsOf(names(Status.values()));
        assertThat(words("Channel")).containsExactlyElementsOf(names(Channel.values()));
        assertThat(words("Capability")).containsExactlyElementsOf(names(Capability.values()));
        assertThat(words("ProfileType")).containsExactlyInAnyOrderElementsOf(names(ProfileType.values()));
        assertThat(words("Reason")).containsExactlyInAnyOrderElementsOf(names(Reason.values()));
        words("Reason")
                .forEach(reason -> assertThat(
                                schema("Reason").path("description").asText())
                        .contains("| `" + reason + "` |"));
        assertThat(words("StreamKind"))
                .containsExactlyInAnyOrderElementsOf(
                        MessageKind.choice().stream().map(Enum::name).toList());
        assertThat(words("EventKind")).containsExactlyElementsOf(names(EventKind.values()));
        assertThat(texts(schema("ProfileDefinition").at("/properties/onReturn/enum")))
                .containsExactlyInAnyOrderElementsOf(names(OnReturn.values()));
        assertThat(schema("Id").path("pattern").asText()).contains("{1,128}");
        assertThat(Ids.FORM).startsWith("1 to 128 characters");
    }

    @Test
    void has_the_types_of_the_vocabulary() {
        assertThat(words("ValueSort")).containsExactlyElementsOf(names(ValueSort.values()));
    }

    @Test
    void has_every_command() {
        Set<String> commands = new HashSet<>();
        schema("CommandLine").path("oneOf").forEach(form -> {
            JsonNode type = api.resolved(form).at("/properties/type");
            commands.addAll(type.has("const") ? List.of(type.path("const").asText()) : texts(type.path("enum")));
        });
        assertThat(commands)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(CommandType.values())
                        .filter(type -> !type.internal())
                        .map(Enum::name)
                        .toList());
        Set<String> mapped = new HashSet<>();
        schema("CommandLine").at("/discriminator/mapping").fieldNames().forEachRemaining(mapped::add);
        assertThat(mapped).isEqualTo(commands);
    }

    @Test
    void every_reference_leads_somewhere() {
        for (JsonNode reference : api.document().findValues("$ref")) {
            assertThat(api.document().at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
        schema("CommandLine")
                .at("/discriminator/mapping")
                .forEach(reference -> assertThat(api.document()
                                .at(reference.asText().substring(1))
                                .isMissingNode())
                        .as(reference.asText())
                        .isFalse());
    }

    @Test
    void every_part_is_used() {
        Set<String> used = new HashSet<>();
        api.document().findValues("$ref").forEach(reference -> used.add(reference.asText()));
        for (Map.Entry<String, JsonNode> kind :
                api.document().path("components").properties()) {
            if (kind.getKey().equals("securitySchemes")) {
                continue; // named without a reference
            }
            kind.getValue()
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(used).contains("#/components/" + kind.getKey() + "/" + name));
        }
    }

    @Test
    void every_operation_has_a_name_a_reader_and_a_summary() {
        Set<String> readers = new HashSet<>();
        api.document().path("tags").forEach(tag -> readers.add(tag.path("name").asText()));
        assertThat(api.operations()).extracting(Operation::id).doesNotHaveDuplicates();
        for (Operation operation : api.operations()) {
            assertThat(operation.id()).as("%s", operation).isNotEmpty();
            assertThat(operation.itself().path("summary").asText())
                    .as("%s", operation)
                    .isNotEmpty();
            assertThat(texts(operation.itself().path("tags")))
                    .as("%s", operation)
                    .hasSize(1)
                    .isSubsetOf(readers);
        }
    }

    @Test
    void every_name_in_a_path_is_a_parameter() {
        for (Operation operation : api.operations()) {
            List<String> named = Pattern.compile("\\{([^}]*)}")
                    .matcher(operation.path())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(operation
                            .parameters("path")
                            .map(parameter -> parameter.path("name").asText()))
                    .as("%s", operation)
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void what_is_an_example_of_a_problem_is_one() {
        schema("Problem")
                .path("examples")
                .forEach(example ->
                        assertThat(api.faults("Problem", example.toString())).isEmpty());
    }

    private JsonNode schema(String name) {
        return api.document().at("/components/schemas/" + name);
    }

    private List<String> words(String schema) {
        return texts(schema(schema).path("enum"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
