package presence.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import presence.api.Instants;
import presence.door.Principal;
import presence.door.Role;
import presence.door.WaysIn;

/** Who somebody is to the service, as they are told. */
final class Me {
    private Me() {}

    /** Who asks: whom the door has let in, or anybody where it lets in everybody. */
    static Principal of(HttpServletRequest request) {
        return request.getAttribute(Principal.class.getName()) instanceof Principal principal
                ? principal
                : Principal.ANYBODY;
    }

    static void write(JsonGenerator json, Principal principal, WaysIn ways) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", principal.name());
        json.writeArrayFieldStart("roles");
        for (Role role : Role.values()) {
            if (principal.roles().contains(role)) {
                json.writeString(role.name());
            }
        }
        json.writeEndArray();
        if (principal.agent() != null) {
            json.writeStringField("agent", principal.agent());
        }
        ways(json, ways);
        @Nullable Long until = principal.untilEpochMilli();
        if (until != null) {
            json.writeStringField("until", Instants.text(until));
        }
        json.writeEndObject();
    }

    /** The fields that say how one can sign in. */
    static void ways(JsonGenerator json, WaysIn ways) throws IOException {
        json.writeStringField("mode", ways.mode().name());
        json.writeObjectFieldStart("signIn");
        json.writeBooleanField("key", ways.key());
        json.writeBooleanField("oidc", ways.oidc());
        json.writeEndObject();
    }
}
