#include "diagrams.hpp"

#include "originals.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit diagram(const std::string& text) { return put("diagram.txt", text); }

constexpr const char* subjects =
    "An `accuracy` about a model file with hard or average attention throughout, or about a program";
constexpr const char* form =
    "`{\"kind\": \"refutation\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": [[b, p, v], …], \"by\": \"diagram\"}`";
constexpr const char* drops = "whose `drops` are empty for a program";
constexpr const char* file = "The certificate then has the file `diagram.txt`";
constexpr const char* lines =
    "Each of its lines ends with a line feed and has decimal numbers without leading zeros, with one blank between two";
constexpr const char* order = "The first line is the *order*: the positions from 1 to N, each once";
constexpr const char* root = "The last line is the number of the *root*";
constexpr const char* node =
    "A node is a level i from 1 to N and a number for each symbol a of the model's alphabet, in its order";
constexpr const char* children = "0, 1, or that of an earlier node, whose level is greater than i";
constexpr const char* count = "the number of words of N symbols that the diagram is of is the claim's count";
constexpr const char* circuit =
    "each node in order gets the literal or(and(present(p, a), what a leads to) for a in order)";
constexpr const char* miter = "The miter is xor(old miter, the root's literal)";
constexpr const char* just = "the words on which model and language differ are just those that the diagram is of";

constexpr const char* original_name = "by a diagram";

Forgery refused(const char* sentence, const std::string& text, const char* where) {
    return {sentence, original_name, diagram(text), "diagram", where};
}

}  // namespace

/// The honest file: 3 1 2 / 3 0 1 / 2 2 1 / 1 3 0 / 4, of the words that hold a 1 and end with 0.
Section diagrams() {
    return {
        "24",
        {{subjects, original_name, both(put("model.json", all_seeing("01", 3, {"001"})), claim("last-one", "tables")),
          "question", "a refutation needs a model file"},
         {form, original_name, evidence("\"diagram\"", "\"diagrams\""), "question", "\"diagram\" was expected"},
         {form, original_name, evidence("\"by\"", "\"mistakes\": [], \"by\""), "question", "unknown key \"mistakes\""},
         {form, "counted", evidence("\"words\"", "\"by\": \"diagram\", \"words\""), "question", "unknown key \"by\""},
         {drops, "program by a diagram", evidence("[]", "[[1, 1, 0]]"), "question",
          "no such refutation is about a program"},
         {file, original_name, without("diagram.txt"), "digest", "diagram.txt"},
         {file, "listed", add_file("diagram.txt", "1 2 3\n0\n"), "digest", "diagram.txt"},
         refused(lines, "3 1 2\n3 0 1\n2 2 1\n1 3 0\n4", "line 5: a line that ends was expected"),
         refused(lines, "3 1 2\n3 0 01\n2 2 1\n1 3 0\n4\n", "line 2: a decimal number without leading zeros"),
         refused(lines, "3 1 2\n3  0 1\n2 2 1\n1 3 0\n4\n", "line 2: a decimal number without leading zeros"),
         refused(lines, "3 1 2\n3 0 1 \n2 2 1\n1 3 0\n4\n", "line 2: a decimal number without leading zeros"),
         refused(lines, "3 1 2\r\n3 0 1\n2 2 1\n1 3 0\n4\n", "line 1: a decimal number without leading zeros"),
         refused(lines, "3 1 2\n3 0 +1\n2 2 1\n1 3 0\n4\n", "line 2: a decimal number without leading zeros"),
         refused(order, "3 1\n3 0 1\n2 2 1\n1 3 0\n4\n", "line 1: each position was expected once"),
         refused(order, "3 1 1\n3 0 1\n2 2 1\n1 3 0\n4\n", "line 1: each position was expected once"),
         refused(order, "3 1 4\n3 0 1\n2 2 1\n1 3 0\n4\n", "line 1: each position was expected once"),
         refused(order, "3 0 2\n3 0 1\n2 2 1\n1 3 0\n4\n", "line 1: each position was expected once"),
         {order, original_name, diagram("3 2 1\n3 0 1\n2 2 1\n1 3 0\n4\n"), "translation", "circuit.json"},
         refused(root, "3 1 2\n3 0 1\n2 2 1\n1 3 0\n5\n", "line 5: there is no such node before"),
         refused(root, "3 1 2\n3 0 1\n2 2 1\n1 3 0\n4 4\n", "line 5: the root was expected"),
         refused(root, "3 1 2\n3 0 1\n2 2 1\n1 3 0\n4\n4\n",
                 "line 5: a level and a number for each symbol were expected"),
         refused(root, "3 1 2\n", "line 2: a line that ends was expected"),
         refused(node, "3 1 2\n4 0 1\n2 2 1\n1 3 0\n4\n", "line 2: there is no such level"),
         refused(node, "3 1 2\n3 0 1\n2 2 1\n0 3 0\n4\n", "line 4: there is no such level"),
         refused(node, "3 1 2\n3 0 1 1\n2 2 1\n1 3 0\n4\n",
                 "line 2: a level and a number for each symbol were expected"),
         refused(children, "3 1 2\n3 0 1\n2 3 1\n1 3 0\n4\n", "line 3: there is no such node before"),
         refused(children, "3 1 2\n3 0 1\n3 2 1\n1 3 0\n4\n", "line 3: levels grow from a node to its children"),
         {count, original_name, claim("\"3\"", "\"2\""), "diagram", "the diagram has another number of words"},
         {count, original_name, claim("\"3\"", "\"6\""), "diagram", "the diagram has another number of words"},
         refused(count, "3 1 2\n3 0 1\n2 2 1\n1 3 0\n3\n", "the diagram has another number of words"),
         {circuit, original_name, diagram("3 1 2\n3 0 1\n2 1 2\n1 3 0\n4\n"), "translation", "circuit.json"},
         {miter, original_name, claim("contains:1", "last"), "translation", "circuit.json"},
         {miter, "program by a diagram", in("circuit.json", ", 0]}", "]}"), "translation", "circuit.json"},
         {just, original_name, without_line("proof.lrat", -1), "refutation", "proof.lrat"},
         {just, "program by a diagram", without_line("proof.lrat", -1), "refutation", "proof.lrat"}}};
}

}  // namespace forgeries
