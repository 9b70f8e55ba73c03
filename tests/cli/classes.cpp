#include <catch2/catch.hpp>

#include "run.hpp"
#include "shared_data.hpp"

// Tasks over models that answer with a class.

using namespace attest::tests;

namespace {

/// Says how many 1 there are in two symbols, by a margin of 1 − log(2)/4.
const char* const counts_ones =
    R"({"format": "attest/model", "version": 2, "name": "counts", "alphabet": ["0", "1"], "end": "$", "max_length": 5,
    "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]}, "position": [0, "log(2)/4"],
    "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[1], [0]]}]}}],
    "readout": {"position": "last", "weight": [[0, 1], [6, 0], [12, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"]}})";

}  // namespace

TEST_CASE("a model with classes performs a task, with the least margin", "[cli][task]") {
    const Folder folder;
    folder.write("m.json", counts_ones);
    const Run yes =
        run_attest(folder, {"accuracy", "m.json", "--task", "count:1", "--length", "2", "--certificate", "c"});
    CHECK(yes.status == 0);
    CHECK(yes.has("ACCURACY counts is wrong about count:1 on 0 of 4 words of length 2"));
    CHECK(yes.has("  least margin in [0.826713, 0.826714], of \"01\"\n"));
    const Run check = run_check(folder, {"c"});
    CHECK(check.status == 0);
    CHECK(check.has("\"counts\" does not perform \"count:1\" on 0 words of length 2"));
    CHECK(check.has("least margin from 0.826713 to 0.826714 on \"01\""));
    CHECK(run_attest(folder, {"prove", "m.json", "--task", "sum-mod:3"})
              .has("VERIFIED counts performs sum-mod:3 at length 2"));
    CHECK(run_attest(folder, {"prove", "m.json", "--task", "add:3", "--certificate", "d"}).status == 0);
    CHECK(run_check(folder, {"d"}).has("VERIFIED \"counts\" performs \"add:3\" at length 2"));
}

TEST_CASE("a model with classes that is wrong is refuted by a word", "[cli][task]") {
    const Folder folder;
    folder.write("m.json", counts_ones);
    const Run no = run_attest(folder, {"prove", "m.json", "--task", "hist", "--length", "2", "--certificate", "c"});
    CHECK(no.status == 1);
    CHECK(no.has("on \"00\" it says 0, the task 2"));
    CHECK(run_check(folder, {"c"}).status == 0);
    const json result =
        run_attest(folder, {"accuracy", "m.json", "--task", "hist", "--length", "2", "--json"}).object()["results"][0];
    CHECK(result["wrong"] == 1);
    CHECK(result["missteps"][0]["word"] == "00");
    CHECK(result["margin"]["least"] == "-4.17329");
    CHECK(result["margin"]["word"] == "00");
    CHECK(result["bits"] == 128);
}

TEST_CASE("what does not fit classes and tasks is said in one line", "[cli][task]") {
    const Folder folder;
    folder.write("m.json", counts_ones);
    folder.write("w.safetensors", "no tensors");
    CHECK(run_attest(folder, {"accuracy", "m.json", "--task", "count:1"})
              .complains("--length: expected a length, found none"));
    CHECK(run_attest(folder, {"prove", "m.json", "--task", "count:1"})
              .complains("--length: expected a length, found none"));
    CHECK(run_attest(folder, {"prove", "m.json", "--task", "add:3", "--length", "3"})
              .complains("--length: expected 2, that of the words of add:3, found 3"));
    CHECK(run_attest(folder, {"prove", "m.json", "--task", "hist", "--length", "3"})
              .complains("a class for each answer of hist, found none for \"3\""));
    CHECK(run_attest(folder, {"prove", "m.json", "--task", "sum", "--length", "6"}).status == 2);
    CHECK(run_attest(folder, {"prove", "m.json", "--task", "sum", "--length", "0"}).complains("expected 1 or more"));
    CHECK(run_attest(folder, {"prove", "m.json", "--task", "sum-mod:1"})
              .complains("expected an alphabet of numbers below 1 for sum-mod:1, found '1'"));
    CHECK(run_attest(folder, {"accuracy", "w.safetensors", "--task", "sort", "--length", "2"})
              .complains("attest import makes a model of it"));
    CHECK(run_attest(folder, {"accuracy", "w.safetensors", "--task", "add:3"}).status == 2);
    CHECK(run_attest(folder, {"accuracy", "zoo:first", "--task", "sort", "--length", "2"})
              .complains("expected a program"));
}

TEST_CASE("a checkpoint that groks addition is right on all pairs", "[cli][task]") {
    const auto path = shared_data("grok-p59/final-f32.safetensors");
    if (!path) return;
    const Folder folder;
    const Run direct = run_attest(folder, {"accuracy", path->string(), "--task", "sum-mod:59", "--certificate", "g"});
    CHECK(direct.status == 0);
    CHECK(direct.has("on 0 of 3481 words of length 2"));
    CHECK(direct.has("  least margin in [8.41552, 8.41553], of \"51 18\"\n"));
    CHECK(run_check(folder, {"g"}).status == 0);
    REQUIRE(run_attest(folder, {"import", path->string(), "--alphabet", "0..58", "--end", "==59", "--read", "last",
                                "-o", "m.json"})
                .status == 0);
    CHECK(run_attest(folder, {"accuracy", "m.json", "--task", "add:59"})
              .has("  least margin in [8.41552, 8.41553], of \"51 18\"\n"));
}
