package presence;

import java.util.ArrayList;
import java.util.List;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.internal.utils.KieHelper;

/** Run in a process of its own, with the fat jar on its class path and none of the jars it was made from. */
final class CompileOneRule {

    private CompileOneRule() {}

    public static void main(String... arguments) {
        String rule = """
                package presence.proof
                global java.util.List fired
                rule "PROOF-010 A text that is long enough"
                when
                    String( length > 3 )
                then
                    fired.add( "the rule has fired" );
                end
                """;
        KieSession session =
                new KieHelper().addContent(rule, ResourceType.DRL).build().newKieSession();
        try {
            List<String> fired = new ArrayList<>();
            session.setGlobal("fired", fired);
            session.insert("long enough");
            session.fireAllRules();
            fired.forEach(System.out::println);
        } finally {
            session.dispose();
        }
    }
}
