#include "../checker_support.hpp"
#include "checker/induction/invariant.hpp"
#include "checker/induction/straight_step.hpp"
#include "checker/machine/closure.hpp"
#include "step_texts.hpp"
#include "straight.hpp"

// Programs and invariants by hand; their steps are the checker's own, which tests of certificates hold against the definition.

namespace forgeries {
namespace {

using namespace checker_test;

struct StraightSubject {
    const char* program;
    const char* language;
    int from;
    std::string invariant;
};

std::string straight_invariant(int latches, const std::string& gates, const std::string& conjuncts) {
    return "{\"format\": \"attest/invariant\", \"version\": 1, \"latches\": " + std::to_string(latches) +
           ", \"gates\": [" + gates + "], \"conjuncts\": [" + conjuncts + "]}";
}

std::string straight_claim(const char* language, int from, const char* verdict) {
    return R"({"kind": "recognises", "model": "by hand", "language": ")" + std::string(language) +
           R"(", "lengths": {"from": )" + std::to_string(from) + R"(}, "verdict": ")" + verdict + "\"}";
}

Certificate proved(const StraightSubject& subject) {
    Budget budget = ample();
    const StraightProgram program = read_straight_program(subject.program, "program.brasp", budget);
    const Language language = read_language(subject.language, program.alphabet, 0, "", budget);
    std::vector<std::size_t> letters;
    for (std::size_t a = 0; a < program.alphabet.size(); ++a) letters.push_back(a);
    const auto step = [&] {
        return build_straight_step(program, letters, automaton_at_all_lengths(language, budget), budget).step;
    };
    const MachineStep machine = step();
    const InvariantFile invariant = read_invariant_file(subject.invariant, machine.initial.size(), budget);
    const Formula formula = formula_of_induction(step(), invariant, program.alphabet.size(), budget);
    return {straight_claim(subject.language, subject.from, "verified"),
            R"({"kind": "invariant", "proof": "lrat", "first": 0, "period": 1})",
            {{"program.brasp", subject.program},
             {"machine.json", machine_text(machine)},
             {"invariant.json", subject.invariant},
             {"formula.cnf", text_of(formula)},
             {"proof.lrat", Refuter(formula).run().value()}}};
}

Certificate refuted(const char* program, const char* language, const char* word, bool accepts) {
    return {straight_claim(language, 0, "refuted"),
            R"({"kind": "witness", "word": ")" + std::string(word) + R"(", "expected": ")" +
                (accepts ? "reject" : "accept") + R"(", "actual": ")" + (accepts ? "accept" : "reject") + "\"}",
            {{"program.brasp", program}}};
}

Certificate closed(const char* program, const char* language, int states) {
    return {straight_claim(language, 0, "verified"),
            R"({"kind": "closure", "states": )" + std::to_string(states) + R"(, "first": 0, "period": 1, "window": 0})",
            {{"program.brasp", program}}};
}

const char* const has_an_a = "alphabet a b\nx = symbol a\nseen = rightmost(x@j, true)\nout = x | seen\n";

const std::map<std::string, StraightSubject>& straight_subjects() {
    static const std::map<std::string, StraightSubject> all{
        // What the attention holds is the second state.
        {"straight", {has_an_a, "contains:a", 0, straight_invariant(3, R"(["xor", 2, 6], ["xor", 2, 4])", "9, 10")}},
        {"straight: all but the empty word",
         {"alphabet a b\nbegins = bos\nx = symbol a\nseen = rightmost(x@j, true)\nout = x | seen | begins\n",
          "contains:a", 1, straight_invariant(3, R"(["xor", 2, 6], ["xor", 2, 4])", "9, 10")}},
        {"straight: leftmost",
         {"alphabet a b c\nx = symbol a\ny = symbol b\nfirst = leftmost(x@j | y@j, x@j)\n"
          "seen = rightmost(x@j | y@j, true)\nout = first | x & !seen\noutput out\n",
          "regex:c*a(a|b|c)*", 0,
          straight_invariant(
              6, R"(["xor", 2, 10], ["xor", 4, 8], ["xor", 6, 4], ["and", 4, 3], ["xor", 12, 20], ["and", 2, 5])",
              "15, 16, 19, 23, 25")}},
        {"straight: cases",
         {"alphabet a b\nx = symbol a\nout = rightmost(x@j, x@i)\n", "regex:(a|b)*a(a|b)*a", 0,
          straight_invariant(5, R"(["xor", 2, 6], ["and", 9, 11], ["xor", 6, 14])", "12, 5, 17")}},
        {"straight: at first",
         {"alphabet a b\nbegins = bos\nout = rightmost(true, begins@j)\n", "regex:a|b", 0,
          straight_invariant(4, R"(["xor", 2, 4])", "11")}}};
    return all;
}

}  // namespace

Originals originals_of_straight_programs() {
    Originals originals;
    for (const auto& [name, subject] : straight_subjects())
        originals.emplace(name, [&subject = subject] { return proved(subject); });
    originals.emplace("straight closure", [] { return closed(has_an_a, "contains:a", 2); });
    // After a b nothing is accepted any more: what comes then is left out.
    originals.emplace("straight closure: dead", [] {
        return closed(
            "alphabet a b\nx = symbol a\ny = symbol b\nlost = rightmost(y@j, true)\nnow = rightmost(true, y@j)\n"
            "out = now & !lost\n",
            "regex:[^ab]", 1);
    });
    originals.emplace("straight witness", [] { return refuted(has_an_a, "regex:(a|b)*a", "ab", true); });
    originals.emplace("straight: nearest", [] {
        return refuted("alphabet a b\nx = symbol a\ny = symbol b\nout = rightmost(x@j | y@j, x@j)\n", "regex:b", "bab",
                       true);
    });
    originals.emplace("straight: after the start", [] {
        return refuted("alphabet a b\nbegins = bos\nout = rightmost(true, begins@j)\n", "regex:b", "a", true);
    });
    originals.emplace("straight: empty", [] { return refuted("alphabet a b\nout = bos\n", "contains:a", "", true); });
    return originals;
}

}  // namespace forgeries
