// attest emerge: the three questions, what is refused, and limits.

#include <catch2/catch.hpp>

#include "run.hpp"

using namespace attest::tests;

namespace {

double middle(const json& value) {
    return (std::stod(value.at(0).get<std::string>()) + std::stod(value.at(1).get<std::string>())) / 2;
}

}  // namespace

TEST_CASE("emerge tells the curves, samples beside them, and the kind of transition", "[cli]") {
    const Folder folder;
    const Run text = run_attest(folder, {"emerge", "--nodes", "40", "--degree", "3", "--hallucination", "0.5",
                                         "--recall", "0..1/0.2", "--samples", "500", "--seed", "7", "--plot", "e.svg"});
    CHECK(text.status == 0);
    CHECK(text.has("a continuous transition at recall s* = 1/3"));
    CHECK(text.has("seed 7"));
    CHECK(text.has("0.765511   0.866653   0.490978   3.399182"));
    CHECK(text.has("not to 0"));
    CHECK(text.has("L = 64   0.9647   0.9892   0.9984"));
    const std::string drawing = folder.read("e.svg");
    CHECK(drawing.find("exact match s^64") != std::string::npos);
    const json object = run_attest(folder, {"emerge", "--nodes", "40", "--degree", "3", "--hallucination", "0.5",
                                            "--recall", "4/5", "--samples", "0", "--json"})
                            .object();
    CHECK(middle(object.at("points")[0].at("legal")) == Approx(.490978).margin(6e-7));
    CHECK(object.at("transition").at("kind") == "continuous");
    CHECK(object.at("transition").at("threshold") == "1/3");
    CHECK(object.at("whole") == true);
    const json small =
        run_attest(folder, {"emerge", "--nodes", "4", "--degree", "2", "--recall", "1", "--json"}).object();
    CHECK(small.at("points")[0].at("reach_true") == "3/4");
}

TEST_CASE("emerge on a graph: its polynomial, influences, and what a model lacks", "[cli]") {
    const Folder folder;
    const std::string bridge = ATTEST_SOURCE "/examples/bridge.json";
    const Run text =
        run_attest(folder, {"emerge", "--graph", bridge, "--model", ATTEST_SOURCE "/examples/half-a-bridge.json"});
    CHECK(text.status == 0);
    CHECK(text.has("P(s) = 2 s^2 + s^3 - 3 s^4 + s^5"));
    CHECK(text.has("P = 15/32, dP/ds = 25/16"));
    CHECK(text.has("2 edges missing for all queries (no fewer do): a->t b->t") == false);
    CHECK(text.has("1 edge missing for all queries (no fewer do): b->t"));
    const json object =
        run_attest(folder, {"emerge", "--graph", bridge, "--method", "diagram", "--recall", "1", "--json"}).object();
    CHECK(object.at("query").at("way") == "diagram");
    CHECK(object.at("query").at("probability") == "1");
    CHECK(object.at("query").at("working_sets") == json({"0", "0", "2", "7", "5", "1"}));
}

TEST_CASE("emerge counts a table of thresholds", "[cli]") {
    const Folder folder;
    folder.write("t.json", R"({"source": "a table", "rows": [{"kind": "few-shot", "ability": "x", "flops": 2e22},
        {"kind": "augmented", "ability": "y", "flops": 4e23}]})");
    const Run text = run_attest(folder, {"emerge", "--thresholds", "t.json"});
    CHECK(text.status == 0);
    CHECK(text.has("median 2.1e+23"));
    CHECK(text.has("[1e21, 1e23]   1 of 2 rows"));
    CHECK(text.has("1 of 1 rows that are few-shot"));
}

TEST_CASE("emerge says what it expected where it cannot go on", "[cli]") {
    const Folder folder;
    CHECK(run_attest(folder, {"emerge"}).complains("expected --nodes, --graph or --thresholds"));
    CHECK(run_attest(folder, {"emerge", "--nodes", "1"}).complains("--nodes"));
    CHECK(run_attest(folder, {"emerge", "--nodes", "10", "--degree", "11"})
              .complains("from 0 to the number of nodes, 10"));
    CHECK(run_attest(folder, {"emerge", "--nodes", "10", "--recall", "2"}).complains("numbers from 0 to 1"));
    CHECK(run_attest(folder, {"emerge", "--nodes", "10", "--recall", "0..1"}).complains("A..B/STEP"));
    folder.write("g.json",
                 R"({"format": "attest/graph", "version": 1, "vertices": ["a", "b"], "edges": [["a", "c"]]})");
    CHECK(run_attest(folder, {"emerge", "--graph", "g.json"}).complains("g.json:edges[0][1]"));
    folder.write("h.json", R"({"format": "attest/graph", "version": 1, "vertices": ["a", "b"], "edges": []})");
    CHECK(run_attest(folder, {"emerge", "--graph", "h.json"}).complains("h.json"));
    folder.write("t.json", R"({"source": "s", "rows": []})");
    CHECK(run_attest(folder, {"emerge", "--thresholds", "t.json"}).complains("t.json:rows"));
    const Run late = run_attest(folder, {"emerge", "--nodes", "2000", "--timeout", "0.3", "--plot", "late.svg"});
    CHECK(late.status == 3);
    CHECK(folder.listing() == std::vector<std::string>{"g.json", "h.json", "t.json"});
}
