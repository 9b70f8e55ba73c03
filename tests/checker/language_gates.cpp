#include <catch2/catch.hpp>
#include <numeric>
#include <ostream>
#include <string>
#include <vector>

#include "attest/circuit/builder.hpp"
#include "attest/compile/compile.hpp"
#include "checker/language/language.hpp"
#include "checker/translation/language_circuit.hpp"
#include "checker_support.hpp"

// The circuit of a language is laid down in FORMAT.md, section 6.4, gate for gate: what is written and what the checker
// builds by itself are compared here, so that a difference is found at every length and not only by the claims that are proved.

namespace {

using namespace attest;

/// Kind and fan-ins of each gate, then the literal of membership.
using Gates = std::vector<std::vector<std::size_t>>;

std::vector<language::Symbol> each_itself(std::size_t symbols) {
    std::vector<language::Symbol> all(symbols);
    std::iota(all.begin(), all.end(), language::Symbol{0});
    return all;
}

Gates ours(const std::string& text, std::int64_t length) {
    const language::Language l = language::Language::parse(text, std::nullopt);
    circuit::Builder builder(std::size_t{1} << 28);
    const compile::Inputs inputs(builder, l.alphabet(), length);
    const circuit::Literal member = compile_language(builder, inputs, l, each_itself(l.alphabet().size()));
    const circuit::Circuit& c = builder.circuit();
    Gates gates;
    for (circuit::Node v = c.first_gate(); v < c.node_count(); ++v) {
        gates.push_back({c.kind(v) == circuit::GateKind::exclusive_or ? 1u : 0u});
        for (const circuit::Literal in : c.fan_ins(v)) gates.back().push_back(in.code());
    }
    gates.push_back({member.code()});
    return gates;
}

Gates the_checkers(const std::string& text, std::size_t length) {
    checker::Budget budget = checker_test::ample();
    const checker::Language l = checker::read_language(text, {"0", "1"}, length, "", budget);
    std::vector<std::size_t> letters(l.alphabet.size());
    std::iota(letters.begin(), letters.end(), std::size_t{0});
    const checker::WordInputs word{letters.size(), length};
    checker::Circuit c(word.count(), budget);
    const checker::Literal member = checker::language_literal(c, word, l, letters);
    Gates gates;
    for (std::size_t g = 0; g < c.gates(); ++g) {
        gates.push_back({c.kind(g) == checker::Circuit::Gate::parity ? 1u : 0u});
        for (const checker::Literal in : c.fanin(g)) gates.back().push_back(in);
    }
    gates.push_back({member});
    return gates;
}

}  // namespace

TEST_CASE("The circuit of each language is, gate for gate, the one that the checker builds", "[checker]") {
    const auto text =
        GENERATE(as<std::string>(), "parity", "majority", "contains:0110", "mod:3,2", "palindrome", "tomita:3",
                 "regex:(01)*1?", "dyck:1", "dyck:2", "dyck:3,2", "anbn", "anbncn", "shuffle:1", "shuffle:2",
                 "shuffle:3", "reset-dyck", "boolexpr:1", "boolexpr:2", "boolexpr:4", "nested:1", "nested:3");
    for (const std::int64_t length : {0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 13}) {
        INFO(text << " at length " << length);
        CHECK((ours(text, length) == the_checkers(text, static_cast<std::size_t>(length))));
    }
}
