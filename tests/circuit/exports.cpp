#include <catch2/catch.hpp>

#include "attest/base/json.hpp"
#include "base/version.hpp"
#include "circuit/simulate.hpp"
#include "exported.hpp"
#include "random_circuit.hpp"
#include "seed.hpp"

using namespace attest;
using namespace attest::circuit;

namespace {

const std::string maker = std::string("attest ") + base::version();

/// x1 xor (x1 and not "odd name"), with an origin.
Circuit small(const std::string& odd_name) {
    Builder b(1 << 20);
    const Literal x = b.add_input("x1");
    const Literal y = b.add_input(odd_name);
    b.set_origin({.role = Origin::Role::attends, .layer = 1, .head = 2, .position = 3, .index = 0});
    const Literal g = b.conjunction({x, !y});
    b.set_origin({});
    const Literal h = b.exclusive_or(g, x);
    b.circuit().add_output("accept", !h);
    return std::move(b).take();
}

bool satisfiable(const Circuit& c) {
    std::vector<std::uint64_t> good(truth_table_words(static_cast<unsigned>(c.input_count())), 0);
    for (const Port& port : c.outputs()) {
        const auto table = truth_table(c, port.literal);
        for (std::size_t w = 0; w < good.size(); ++w) good[w] |= table[w];
    }
    for (const Port& port : c.constraints()) {
        const auto table = truth_table(c, port.literal);
        for (std::size_t w = 0; w < good.size(); ++w) good[w] &= table[w];
    }
    return std::ranges::any_of(good, [](std::uint64_t w) { return w != 0; });
}

/// A circuit whose outputs are rarely true, so that both answers come up.
Circuit rare(base::Random& random, int round) {
    auto r = tests::random_circuit(random, 8, 200);
    std::vector<Literal> many;
    for (int k = 0; k < 12; ++k) many.push_back(r.literals[random.below(r.literals.size())] ^ random.chance(1, 2));
    for (std::size_t k = 0; k <= random.below(3); ++k) {
        r.builder.circuit().add_output("y", r.builder.conjunction(std::span(many).subspan(4 * k, 4)));
    }
    if (round % 2 == 0) r.builder.circuit().add_constraint("z", r.builder.disjunction(std::span(many).first(2)));
    return std::move(r.builder).take();
}

}  // namespace

TEST_CASE("the ending of a file chooses its format", "[circuit]") {
    CHECK(export_format("a/b.aag")->name == "AIGER, ASCII");
    CHECK(export_format("x.json.cnf")->name == "DIMACS");
    CHECK(export_format("x.txt") == nullptr);
    CHECK(export_format("") == nullptr);
    CHECK(known_endings() == ".aag, .aig, .cnf, .dot, .graphml, .smt2, .json");
}

TEST_CASE("DIMACS numbers variables as the certificate format does", "[circuit]") {
    Circuit c = small("x2");
    CHECK(tests::exported(c, ".cnf") == "c " + maker +
                                            "\nc input 1 x1\nc input 2 x2\nc output -4 accept\np cnf 4 8\n"
                                            "-3 1 0\n-3 -2 0\n3 -1 2 0\n"
                                            "-4 1 3 0\n-4 -1 -3 0\n4 -1 3 0\n4 1 -3 0\n-4 0\n");
    c.add_constraint("k", Literal(2, false));
    c.add_output("other", Literal(1, false));
    c.add_output("never", bottom);
    CHECK_THAT(tests::exported(c, ".cnf"), Catch::EndsWith("4 1 -3 0\n2 0\n-4 1 0\n"));
    c.add_output("always", top);
    CHECK_THAT(tests::exported(c, ".cnf"), Catch::EndsWith("4 1 -3 0\n2 0\n"));
}

TEST_CASE("DIMACS says that an output is never true", "[circuit]") {
    Circuit c;
    CHECK(tests::exported(c, ".cnf") == "c " + maker + "\np cnf 0 0\n");
    c.add_output("accept", bottom);
    CHECK(tests::exported(c, ".cnf") == "c " + maker + "\np cnf 1 2\n1 0\n-1 0\n");
    c.add_output("accept", top);
    CHECK(tests::exported(c, ".cnf") == "c " + maker + "\np cnf 0 0\n");
}

TEST_CASE("names cannot break a format", "[circuit]") {
    const std::string odd = "a|b\\c\"<&>\n0\xFF é";
    const Circuit c = small(odd);
    CHECK_THAT(tests::exported(c, ".cnf"), Catch::Contains("\nc input 2 a|b\\c\"<&>\\x0a0\\xff é\n"));
    CHECK_THAT(tests::exported(c, ".smt2"), Catch::Contains("\n(declare-const |a_b_c\"<&>_x0a0_xff é| Bool)\n"));
    CHECK_THAT(tests::exported(c, ".aag"), Catch::Contains("\ni1 a|b\\c\"<&>\\x0a0\\xff é\n"));
    CHECK_THAT(tests::exported(c, ".dot"), Catch::Contains("label=\"a|b\\\\c\\\"<&>\\\\x0a0\\\\xff é\""));
    CHECK_THAT(tests::exported(c, ".graphml"), Catch::Contains("a|b\\c&quot;&lt;&amp;&gt;\\x0a0\\xff"));
    const base::Json json = base::Json::parse(tests::exported(c, ".json"), "c.json");
    CHECK(base::JsonNode(json, "c.json").at("input_names").elements()[1].as_string() == "a|b\\c\"<&>\n0\uFFFD é");
}

TEST_CASE("SMT-LIB symbols are distinct and none of the logic's", "[circuit]") {
    Builder b(1 << 20);
    for (const char* name : {"and", "a", "a", "g7", "", "a#2", "a|b", "a\\b"}) b.add_input(name);
    b.circuit().add_output("y", b.conjunction({Literal(1, false), Literal(4, true)}));
    const std::string text = tests::exported(b.circuit(), ".smt2");
    CHECK(text == "; " + maker +
                      "\n(set-logic QF_UF)\n(set-info :status unknown)\n"
                      "(declare-const |and#2| Bool)\n(declare-const |a| Bool)\n(declare-const |a#2| Bool)\n"
                      "(declare-const |g7| Bool)\n(declare-const |#2| Bool)\n(declare-const |a#2#2| Bool)\n"
                      "(declare-const |a_b| Bool)\n(declare-const |a_b#2| Bool)\n"
                      "(define-fun g_9 () Bool (and |and#2| (not |g7|)))\n(assert g_9) ; y\n(check-sat)\n(exit)\n");
}

TEST_CASE("DOT says what was cut", "[circuit]") {
    const Circuit c = small("x2");
    const std::string whole = tests::exported(c, ".dot", {.description = "two inputs"});
    CHECK_THAT(whole, Catch::Contains("label=\"two inputs\";"));
    CHECK_THAT(whole, Catch::Contains("\"output 0\" -> 4[style=dashed,arrowtail=odot];"));
    CHECK_THAT(whole, Catch::Contains("3->2 [style=dashed,arrowtail=odot];"));
    CHECK_THAT(whole, Catch::Contains("3[shape=box,label=\"and 3\",tooltip=\"attends, layer 1, head 2, position 3, "
                                      "index 0\"];"));
    CHECK_THAT(whole, !Catch::Contains("were cut"));
    const std::string cut = tests::exported(c, ".dot", {.description = "", .most_drawn_nodes = 2});
    CHECK_THAT(cut, Catch::Contains("label=\"2 of 4 nodes are drawn, 2 were cut\";"));
    CHECK_THAT(cut, Catch::Contains("4[shape=diamond"));
    CHECK_THAT(cut, !Catch::Contains("3->2"));
}

TEST_CASE("GraphML carries kinds, names, origins and complements", "[circuit]") {
    const std::string text = tests::exported(small("x2"), ".graphml");
    CHECK_THAT(text, Catch::Contains(">attends, layer 1, head 2, position 3, index 0</data>"));
    CHECK_THAT(text, Catch::Contains(">not accept</data>"));
    CHECK_THAT(text, Catch::Contains(">xor</data>"));
    CHECK_THAT(text, Catch::Contains("attr.name=\"complemented\" attr.type=\"boolean\""));
    if (!tests::have("xmllint")) return;
    const base::DirectoryInProgress directory;
    const std::string path = tests::export_to(directory, "c", small("<\x01&\xFF"), ".graphml");
    CHECK(tests::output_of("xmllint --noout " + path).empty());
}

TEST_CASE("JSON holds the circuit gate for gate", "[circuit]") {
    const std::uint64_t seed = tests::seed();
    INFO("seed " << seed);
    base::Random random(seed);
    const Circuit c = tests::random_ported_circuit(random, 9, 100, 3, true);
    const base::Json json = base::Json::parse(tests::exported(c, ".json"), "c.json");
    const base::JsonNode root(json, "c.json");
    CHECK(root.at("format").as_string() == "attest/circuit");
    CHECK(root.at("inputs").as_integer(0, 100) == 9);
    Node v = c.first_gate();
    for (const base::JsonNode& gate : root.at("gates").elements()) {
        const auto parts = gate.elements();
        REQUIRE(parts[0].as_string() == (c.kind(v) == GateKind::exclusive_or ? "xor" : "and"));
        REQUIRE(parts.size() == 1 + c.fan_ins(v).size());
        for (std::size_t k = 1; k < parts.size(); ++k) {
            REQUIRE(parts[k].as_integer(0, 1'000'000) == c.fan_ins(v)[k - 1].code());
        }
        ++v;
    }
    CHECK(v == c.node_count());
    CHECK(root.at("roots").elements()[2].as_integer(0, 1'000'000) == c.outputs()[2].literal.code());
    CHECK(root.at("constraints").elements()[0].at("name").as_string() == "one of two");
    const base::Json marked = base::Json::parse(tests::exported(small("x2"), ".json"), "c.json");
    const auto origins = base::JsonNode(marked, "c.json").at("origins").elements();
    REQUIRE(origins.size() == 2);
    CHECK(origins[0].elements()[0].as_integer(0, 9) == 3);
    CHECK(origins[0].elements()[1].as_string() == "attends, layer 1, head 2, position 3, index 0");
    CHECK(origins[1].elements()[1].as_string().empty());
}

TEST_CASE("the same circuit gives the same bytes", "[circuit]") {
    for (const char* ending : {".aag", ".aig", ".cnf", ".dot", ".graphml", ".smt2", ".json"}) {
        base::Random one(5);
        base::Random two(5);
        CHECK(tests::exported(tests::random_ported_circuit(one, 5, 60, 2, true), ending) ==
              tests::exported(tests::random_ported_circuit(two, 5, 60, 2, true), ending));
    }
}

TEST_CASE("Z3 reads our SMT-LIB as we mean it", "[circuit]") {
    if (!tests::have("z3")) return;
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    const base::DirectoryInProgress directory;
    for (int round = 0; round < 12; ++round) {
        const Circuit c = rare(random, round);
        const std::string path = tests::export_to(directory, "c", c, ".smt2");
        CHECK(tests::output_of("z3 " + path) == (satisfiable(c) ? "sat\n" : "unsat\n"));
    }
    const std::string odd = tests::export_to(directory, "odd", small("a|b\\c\"\n\xFF é"), ".smt2");
    CHECK(tests::output_of("z3 " + odd) == "sat\n");
}

TEST_CASE("CaDiCaL reads our DIMACS as we mean it", "[circuit]") {
    if (!tests::have("cadical")) return;
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    const base::DirectoryInProgress directory;
    for (int round = 0; round < 24; ++round) {
        const Circuit c = rare(random, round);
        const std::string path = tests::export_to(directory, "c", c, ".cnf");
        const std::string answer = satisfiable(c) ? "s SATISFIABLE" : "s UNSATISFIABLE";
        CHECK_THAT(tests::output_of("cadical -q --strict " + path), Catch::StartsWith(answer));
    }
}
