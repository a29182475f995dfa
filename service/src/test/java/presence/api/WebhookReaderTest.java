package presence.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import presence.command.ErrorCode;

/** What can be said of a webhook. */
class WebhookReaderTest {
    private static JsonNode json(String text) {
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return CommandReader.json(bytes, 0, bytes.length);
    }

    @Test
    void what_is_left_out_is_everything() {
        WebhookDefinition definition = WebhookReader.definition(json("{'url':'https://crm.example/presence?a=b'}"));
        assertThat(definition.url()).hasToString("https://crm.example/presence?a=b");
        assertThat(definition.kinds()).isEqualTo(EnumSet.allOf(EventKind.class));
        assertThat(definition.agents()).isEmpty();
        assertThat(definition.active()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://crm.example/",
                "HTTPS://crm.example/",
                "//crm.example/",
                "crm.example",
                "https:///presence",
                "https://user:secret@crm.example/",
                "https://crm.example:0/",
                "https://crm.example:65536/",
                "https://crm.example/#part",
                "https://0x7f.1/",
                "https://127.1/",
                "https://[fe80::1%25eth0]/",
                "https://crm example/",
                "file:///etc/passwd",
                "https://crm_1.example/",
                ""
            })
    void an_address_of_another_form_is_refused_and_not_repeated(String url) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> WebhookReader.definition(json("{'url':'" + url + "'}")))
                .satisfies(bad -> {
                    assertThat(bad.code()).isEqualTo(ErrorCode.INVALID_VALUE);
                    assertThat(bad.faults()).extracting(BadInput.Fault::pointer).containsExactly("/url");
                })
                .withMessageNotContaining("secret@");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{}                                                       | MISSING_FIELD | /url",
                "{'url':'https://a.example/','kinds':[]}                  | INVALID_VALUE | /kinds",
                "{'url':'https://a.example/','kinds':['STATE_CHANGE']}    | INVALID_VALUE | /kinds/0",
                "{'url':'https://a.example/','agents':['not one']}        | INVALID_ID    | /agents/0",
                "{'url':'https://a.example/','description':7}             | INVALID_VALUE | /description",
                "{'url':'https://a.example/','active':'yes'}              | INVALID_VALUE | /active",
                "{'url':'https://a.example/','secret':'x'}                | UNKNOWN_FIELD | /secret"
            })
    void each_fault_is_named_with_its_place(String body, ErrorCode code, String pointer) {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> WebhookReader.definition(json(body)))
                .satisfies(bad -> {
                    assertThat(bad.code()).isEqualTo(code);
                    assertThat(bad.faults()).extracting(BadInput.Fault::pointer).contains(pointer);
                });
    }
}
