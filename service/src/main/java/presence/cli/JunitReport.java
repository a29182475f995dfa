package presence.cli;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import presence.engine.RuleFault;
import presence.scenario.Played;

/**
 * Writes what came of checking a folder of rules as the XML that continuous integration servers read as results of tests: a
 * scenario is a test, and every other fault is a test that failed.
 */
final class JunitReport {

    /** A test as it is told. */
    private record Test(String name, Played.Outcome outcome, List<RuleFault> faults) {}

    private JunitReport() {}

    /**
     * The report.
     *
     * @param scenarios what came of each scenario
     * @param faults every fault; those of the scenarios are among them
     */
    static String text(List<Played> scenarios, List<RuleFault> faults) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            Map<String, List<Test>> suites = suites(scenarios, faults);
            xml.writeStartElement("testsuites");
            xml.writeAttribute("name", "check-rules");
            counts(xml, suites.values().stream().flatMap(List::stream).toList());
            for (Map.Entry<String, List<Test>> suite : suites.entrySet()) {
                suite(xml, suite.getKey(), suite.getValue());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Text in memory cannot fail to be written", e);
        }
        return text.toString();
    }

    private static Map<String, List<Test>> suites(List<Played> scenarios, List<RuleFault> faults) {
        Map<String, List<Test>> suites = new TreeMap<>();
        Set<RuleFault> told = new HashSet<>();
        for (Played played : scenarios) {
            told.addAll(played.faults());
            suites.computeIfAbsent(played.file(), unused -> new ArrayList<>())
                    .add(new Test(played.name(), played.outcome(), played.faults()));
        }
        for (RuleFault fault : faults) {
            if (!told.contains(fault)) {
                suites.computeIfAbsent(fault.file(), unused -> new ArrayList<>())
                        .add(new Test(
                                fault.kind() + " " + fault.file() + fault.place(),
                                Played.Outcome.FAILED,
                                List.of(fault)));
            }
        }
        return suites;
    }

    private static void suite(XMLStreamWriter xml, String file, List<Test> tests) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", legal(file));
        counts(xml, tests);
        for (Test test : tests) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", legal(file));
            xml.writeAttribute("name", legal(test.name()));
            if (test.outcome() == Played.Outcome.NOT_RUN) {
                xml.writeEmptyElement("skipped");
            }
            if (test.outcome() == Played.Outcome.FAILED) {
                failure(xml, test.faults());
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static void failure(XMLStreamWriter xml, List<RuleFault> faults) throws XMLStreamException {
        xml.writeStartElement("failure");
        xml.writeAttribute("type", faults.get(0).kind().name());
        xml.writeAttribute("message", legal(faults.get(0).message()));
        xml.writeCharacters(
                legal(String.join("\n", faults.stream().map(RuleFault::toString).toList())));
        xml.writeEndElement();
    }

    private static void counts(XMLStreamWriter xml, List<Test> tests) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(tests.size()));
        xml.writeAttribute("failures", count(tests, Played.Outcome.FAILED));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", count(tests, Played.Outcome.NOT_RUN));
    }

    private static String count(List<Test> tests, Played.Outcome outcome) {
        return Long.toString(
                tests.stream().filter(test -> test.outcome() == outcome).count());
    }

    /** XML cannot hold every sign; a file's name can. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints()
                .map(sign -> sign == '\t' || sign == '\n' || (sign >= 0x20 && !isForbidden(sign)) ? sign : 0xFFFD)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isForbidden(int sign) {
        return (sign >= Character.MIN_SURROGATE && sign <= Character.MAX_SURROGATE) || sign == 0xFFFE || sign == 0xFFFF;
    }
}
