#include "averages.hpp"

namespace forgeries {
namespace {

constexpr const char* subjects =
    "A `refutation` may be about a model file whose layers have `hard` or `average` attention, at the claim's length "
    "and "
    "as often as they stand";
constexpr const char* two_differences = "the circuit is that of section 6 with two differences";
constexpr const char* steps = "positions j that have a candidate in it, ascending whatever the mask, are its steps";
constexpr const char* one_image =
    "If all candidates of the class have one image v: E = ⊤ if some position has all its values in the class";
constexpr const char* leads =
    "At step j each state leads, for each image u of a candidate of j in the class, to (k + 1, S + u)";
constexpr const char* stays = "if not all values of V(b−1, j) are in the class, also to itself";
constexpr const char* order = "ascending by k, then by S, coordinate by coordinate";
constexpr const char* last = "The last has and(¬ the others)";
constexpr const char* ends = "The ends are (S/k, the state's literal) for the states with k > 0, ascending";
constexpr const char* terms = "For each end (u, l) in order, and(P, l) is added to the terms of the image u";
constexpr const char* not_last = "but for the last kept class, P becomes and(P, ¬E)";
constexpr const char* acceptance =
    "accept = or(the literals of the cases whose vector y has readout.weight · y + readout.bias > 0, or whose class is "
    "accepted)";
constexpr const char* no_drop = "No drop is of boundary L";

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }
Edit gates(const std::string& from, const std::string& to) { return in("circuit.json", from, to); }

Forgery another_circuit(const char* sentence, const char* original, Edit edit) {
    return {sentence, original, std::move(edit), "translation", "circuit.json"};
}

}  // namespace

/// "means": gates 3 to 5 are the states (0, 0), (1, 1) and (1, 2) of the 1s after two steps, gate 6 is "no 1, and of the 0s only the
/// second", 7 the image 2.
Section averages() {
    return {
        "25",
        {{subjects, "means", model("\"average\"", "\"softmax\""), "question",
          "a refutation needs hard or average attention throughout"},
         another_circuit(two_differences, "means", model("\"average\"", "\"hard\"")),
         another_circuit(two_differences, "least share", in("claim", "\"length\": 2", "\"length\": 3")),
         another_circuit(steps, "least share", model("\"mask\": \"causal\", ", "")),
         another_circuit(one_image, "least share", model("[-1]}, \"key\"", "[1]}, \"key\"")),
         another_circuit(leads, "means", model("[[0, 1, 0]]", "[[0, 2, 0]]")),
         another_circuit(stays, "means", gates("[\"and\", 2, 5]", "[\"and\", 2, 4]")),
         another_circuit(order, "means", gates("[\"and\", 3, 5], [\"and\", 2, 5]", "[\"and\", 2, 5], [\"and\", 3, 5]")),
         another_circuit(last, "least share", model("\"key\": [[0, 1, 0]]", "\"key\": [[1, 1, 0]]")),
         another_circuit(ends, "means", model("\"-3/2\"", "\"-5/2\"")),
         another_circuit(terms, "means", gates("[\"and\", 6, 8]", "[\"and\", 6, 10]")),
         another_circuit(not_last, "means", gates("[\"and\", 6, 8]", "[\"and\", 7, 8]")),
         another_circuit(acceptance, "means", model("\"-3/2\"", "\"-1\"")),
         {acceptance, "means", in("circuit.json", "\"roots\": [", "\"roots\": [0, "), "translation", "circuit.json"},
         {no_drop, "means", in("evidence", "\"drops\": []", "\"drops\": [[1, 2, 0]]"), "translation",
          "the drop [1, 2, 0] names no value"}}};
}

}  // namespace forgeries
