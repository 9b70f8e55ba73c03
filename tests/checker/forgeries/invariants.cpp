#include "invariants.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit machine(const std::string& from, const std::string& to) { return in("machine.json", from, to); }
Edit invariant(const std::string& from, const std::string& to) { return in("invariant.json", from, to); }

constexpr const char* keys =
    "may have the evidence `{\"kind\": \"invariant\", \"proof\": \"lrat\", \"first\": t, \"period\": m}`, t and m in "
    "the "
    "ranges of section 21, and the files `machine.json`, `invariant.json`, `formula.cnf` and `proof.lrat`";
constexpr const char* verified = "A claim `recognises` with the key `lengths` (section 21) that is verified";
constexpr const char* needs = "What section 21 needs, for W = 0, it needs too";
constexpr const char* to_the_left = "only a head of the last layer with attention may see to the right";
constexpr const char* number_for_number =
    "`machine.json` has its inputs, latches, gates and its bad literal, number for number";
constexpr const char* one_latch = "one for each letter phase, if there are several; for each register in order";
constexpr const char* at_first =
    "At first these are true: the first letter phase; if there is a begin symbol the first kind of each register; the "
    "start";
constexpr const char* own_circuit =
    "a circuit of its own, whose nodes are the constant, the latches, and gates each of which reads only nodes before "
    "it; "
    "an \"and\" of two literals or more, a \"xor\" of exactly two";
constexpr const char* conjuncts = "It has at least one conjunct";
constexpr const char* no_other_keys = "\"conjuncts\": [literal, …]}`, with no other keys";
constexpr const char* base = "for the initial values of the latches each conjunct is true";
constexpr const char* empty_word = "if from is 0, the model accepts the empty word iff the language has it";
constexpr const char* none_false = "None of the c is ⊥";
constexpr const char* byte_for_byte = "`formula.cnf` is byte for byte the formula below";
constexpr const char* derives = "`proof.lrat` derives the empty clause from `formula.cnf` by the rules of section 8";
constexpr const char* one_length =
    "A claim `recognises` with the key `length` about a model file that is verified, without the keys `without` and "
    "`robust`";
constexpr const char* needs_of_21 = "What section 21 needs of the model and of the language it needs too";
constexpr const char* for_from = "as in section 21, for from = 0 if N is 0, else for from = 1";

std::vector<Forgery> questions_of_invariants() {
    const char* const kinds = "invariant: kinds";
    return {
        {keys, kinds, evidence("\"lrat\"", "\"xlrup\""), "question", "\"lrat\" was expected"},
        {keys, kinds, evidence("\"first\": 0, ", ""), "question", "the key \"first\" is missing"},
        {keys, kinds, evidence("\"first\": 0", "\"first\": 65"), "question", "evidence.first"},
        {keys, kinds, evidence("\"period\": 1", "\"period\": 0"), "question", "evidence.period"},
        {keys, kinds, evidence("\"period\": 1", "\"period\": 1, \"states\": 4"), "question", "unknown key \"states\""},
        {keys, kinds, without("machine.json"), "digest", "machine.json"},
        {keys, kinds, without("invariant.json"), "digest", "invariant.json"},
        {keys, kinds, add_file("circuit.json", "{}"), "digest", "circuit.json"},
        {verified, kinds, claim("\"lengths\": {\"from\": 0}", "\"length\": 3"), "question",
         "an invariant is about all lengths"},
        {verified, kinds, claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {verified, kinds, put("evidence", R"({"kind": "refutation", "proof": "lrat", "drops": []})"), "question",
         "evidence of this kind is about one length"},
        {needs, kinds, in("model.json", "\"hard\"", "\"average\""), "translation", "hard attention throughout"},
        {needs, kinds, claim("contains:1", "palindrome"), "translation", "no automaton at all lengths"},
        {to_the_left, "invariant: three symbols",
         in("model.json", "{\"feedforward\"",
            "{\"attention\": {\"kind\": \"hard\", \"tie\": \"left\", \"mask\": \"future\", \"heads\": [{\"value\": "
            "[[0, "
            "0, 0]], \"output\": [[0], [0], [0]], \"bias\": \"0\"}]}, \"feedforward\""),
         "translation", "an invariant needs heads that see to the left"},
    };
}

std::vector<Forgery> machines_of_invariants() {
    const char* const kinds = "invariant: kinds";
    return {
        {number_for_number, kinds, machine("\"inputs\": 1", "\"inputs\": 2"), "translation", "machine.json: inputs"},
        {number_for_number, kinds, machine("\"attest/machine\"", "\"attest/circuit\""), "translation",
         "\"attest/machine\" was expected"},
        {number_for_number, kinds, machine("\"version\": 1", "\"version\": 2"), "translation", "machine.json: version"},
        {number_for_number, kinds, machine("\"bad\": ", "\"bad\": 1"), "translation", "machine.json: bad"},
        {number_for_number, kinds, machine("\"bad\"", "\"good\": 0, \"bad\""), "translation", "unknown key \"good\""},
        {number_for_number, kinds, machine("\"gates\": [[\"and\", ", "\"gates\": [[\"and\", 1"), "translation",
         "machine.json: gates"},
        {number_for_number, kinds, machine("\"gates\": [[\"and\"", "\"gates\": [[\"and\", 2, 4], [\"and\""),
         "translation", "gates were expected"},
        // A register less: as if the head had nothing to find.
        {one_latch, kinds, machine("\"latches\": [{\"initial\": 1, \"next\": ", "\"latches\": [{\"next\": "),
         "translation", "the key \"initial\" is missing"},
        {one_latch, kinds,
         put("machine.json",
             R"({"format": "attest/machine", "version": 1, "inputs": 1, "latches": [{"initial": 1, "next": 7},
                 {"initial": 0, "next": 9}], "gates": [], "bad": 0})"),
         "translation", "4 latches were expected, 2 were found"},
        {at_first, kinds, machine("[{\"initial\": 1", "[{\"initial\": 0"), "translation", "latches[0].initial"},
        {at_first, "invariant: phases", machine("[{\"initial\": 1", "[{\"initial\": 0"), "translation",
         "latches[0].initial"},
        {at_first, "invariant: an end", machine("[{\"initial\": 0", "[{\"initial\": 1"), "translation",
         "latches[0].initial"},
    };
}

std::vector<Forgery> files_of_invariants() {
    const char* const kinds = "invariant: kinds";
    const auto gates = [](const std::string& text) { return put("invariant.json", invariant_of_four(text, "11")); };
    return {
        {own_circuit, kinds, gates(R"(["and", 2, 10])"), "translation", "invariant.json: gates[0][2]"},
        {own_circuit, kinds, gates(R"(["and", 2])"), "translation", "a gate is"},
        {own_circuit, kinds, gates(R"(["xor", 2, 4, 6])"), "translation", "a parity is of two literals"},
        {own_circuit, kinds, gates(R"(["or", 2, 4])"), "translation", "\"and\" or \"xor\" was expected"},
        {own_circuit, kinds, invariant("\"latches\": 4", "\"latches\": 3"), "translation", "invariant.json: latches"},
        {own_circuit, kinds, invariant("[11, 13", "[11, 18, 13"), "translation", "invariant.json: conjuncts[1]"},
        {conjuncts, kinds, put("invariant.json", invariant_of_four("", "")), "translation",
         "at least one conjunct was expected"},
        {no_other_keys, kinds, invariant("\"gates\"", "\"inputs\": 0, \"gates\""), "translation",
         "unknown key \"inputs\""},
        {no_other_keys, kinds, invariant("attest/invariant", "attest/circuit"), "translation",
         "\"attest/invariant\" was expected"},
        {byte_for_byte, kinds, invariant("11, 13, 15, 16", "11, 13, 15"), "translation", "formula.cnf"},
        {byte_for_byte, kinds, claim("contains:1", "contains:0"), "translation", "machine.json"},
        {byte_for_byte, kinds, line("formula.cnf", -1, [](const std::string&) { return "-1 0"; }), "translation",
         "formula.cnf"},
        {none_false, kinds, put("invariant.json", invariant_of_four("", "0")), "translation", "it is never true"},
        {none_false, kinds, put("invariant.json", invariant_of_four("[\"and\", 2, 3]", "11, 10")), "translation",
         "invariant.json: conjuncts[1]"},
        {base, kinds, other_invariant("kinds", invariant_of_four("", "3")), "base",
         "it is false before the first letter"},
        {base, "invariant: phases", other_invariant("phases", invariant_of_four("", "3")), "base",
         "invariant.json: conjuncts[0]"},
        {base, "invariant: an end", other_invariant("an end", invariant_of_four("", "3, 4")), "base",
         "invariant.json: conjuncts[1]"},
        {empty_word, "invariant: all but the empty word", claim("\"from\": 1", "\"from\": 0"), "base",
         "the empty word is told otherwise"},
        // Not left alone: the state may be any, or the register nothing.
        {derives, kinds, other_invariant("kinds", invariant_of_four(R"(["and", 2, 4], ["and", 3, 5])", "11, 13")),
         "refutation", "proof.lrat"},
        {derives, kinds, other_invariant("kinds", invariant_of_four(R"(["and", 2, 4], ["xor", 4, 8])", "11, 13")),
         "refutation", "proof.lrat"},
        {derives, "invariant: an end", other_invariant("an end", invariant_of_four(R"(["xor", 4, 8])", "11")),
         "refutation", "proof.lrat"},
        {derives, "invariant: phases", other_invariant("phases", invariant_of_four(R"(["xor", 2, 6])", "11")),
         "refutation", "proof.lrat"},
        {derives, "invariant: three symbols", without_line("proof.lrat", -1), "refutation", "proof.lrat"},
        {derives, kinds, put("proof.lrat", ""), "refutation", "proof.lrat"},
    };
}

std::vector<Forgery> single_lengths() {
    return {
        {one_length, "one length", claim("\"verdict\"", "\"without\": [[1, 1]], \"verdict\""), "question",
         "a closure is about whole models and languages"},
        {one_length, "one length", claim("\"verdict\"", "\"robust\": 0, \"verdict\""), "question",
         "a closure is about whole models and languages"},
        {one_length, "one length", claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {one_length, "one length", add_file("machine.json", "{}"), "digest", "machine.json"},
        {needs_of_21, "no symbols",
         both(in("model.json", "\"begin\": \"^\",", ""), in("model.json", ", \"^\": [0]", "")), "question",
         "the sequence of the empty word is empty"},
        {needs_of_21, "one length", in("model.json", "\"hard\"", "\"average\""), "closure",
         "hard attention throughout"},
        {needs_of_21, "one length", claim("regex:(0*1(0|1)*)?", "palindrome"), "closure",
         "no automaton at all lengths"},
        {for_from, "one length", evidence("\"states\": 3", "\"states\": 2"), "closure",
         "there are more pairs of states"},
        {for_from, "one length",
         both(claim("regex:(0*1(0|1)*)?", "contains:0"), evidence("\"states\": 3", "\"states\": 9")), "closure",
         "is told otherwise"},
        {for_from, "one length", claim("\"length\": 40", "\"length\": 0"), "closure", "is told otherwise"},
        {for_from, "no symbols", claim("regex:((0|1)(0|1))*", "regex:((0|1)(0|1))+"), "closure", "is told otherwise"},
    };
}

}  // namespace

Section invariants_of_steps() {
    std::vector<Forgery> all;
    for (const auto& some :
         {questions_of_invariants(), machines_of_invariants(), files_of_invariants(), single_lengths()})
        all.insert(all.end(), some.begin(), some.end());
    return {"31", std::move(all)};
}

}  // namespace forgeries
