#include "simulations.hpp"

// A machine that accepts at once, its network, and SUBLEQ programs.

namespace forgeries {
namespace {

const char* const one_machine =
    R"({"format": "attest/turing", "version": 1, "name": "one", "alphabet": ["a"], "blank": "#", "tape": ["#", "a"],
    "states": ["q"], "start": "q", "accept": ["q"], "transitions": []})";

const char* const one_normal =
    R"({"format":"attest/turing","version":1,"name":"one","alphabet":["a"],"blank":"#","tape":["#","a"],
    "states":[">init",">read",">back","q","!"],"start":">init","accept":["q"],"transitions":[[">init","#",">read",
    "#","R"],[">init","a","!","a","R"],[">read","#",">back","#","L"],[">read","a",">read","a","R"],[">back","#","q",
    "#","R"],[">back","a",">back","a","L"],["q","#","q","#","R"],["q","a","q","a","R"],["!","#","!","#","R"],["!",
    "a","!","a","R"]]})";

const char* const one_network =
    R"({"format": "attest/seq2seq", "version": 1, "name": "perez-one", "alphabet": ["a"], "blank": "#",
    "dimension": 29, "encoder": {"embedding": {"a": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    0, 0, 0, 0, 0, 0, 0, 0], "#": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
    0, 0]}, "position": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, "i", "1/i",
    "1/i^2"], "layers": []}, "decoder": {"start": [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0], "position": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 1, "i", "1/i", "1/i^2"], "layers": [{"cross": {"kind": "average", "score": "negative-absolute",
    "heads": [{"query": {"rows": 2, "cols": 29, "entries": [[0, 25, 1], [1, 26, 1]]}, "key": {"rows": 2,
    "cols": 29, "entries": [[0, 26, 1], [1, 25, -1]]}, "value": {"rows": 29, "cols": 29, "entries": [[19, 19, 1],
    [20, 20, 1], [21, 26, 1]]}}]}, "feedforward": {"maps": [{"weight": {"rows": 12, "cols": 29, "entries": [[0, 0,
    1], [0, 5, 1], [1, 0, 1], [1, 6, 1], [2, 1, 1], [2, 5, 1], [3, 1, 1], [3, 6, 1], [4, 2, 1], [4, 5, 1], [5, 2,
    1], [5, 6, 1], [6, 3, 1], [6, 5, 1], [7, 3, 1], [7, 6, 1], [8, 4, 1], [8, 5, 1], [9, 4, 1], [9, 6, 1], [10, 7,
    1], [11, 7, -1]]}, "bias": [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0]}, {"rows": 29, "cols": 12,
    "entries": [[9, 0, 1], [9, 3, 1], [10, 2, 1], [10, 5, 1], [11, 4, 1], [11, 6, 1], [11, 7, 1], [12, 1, 1], [12,
    8, 1], [12, 9, 1], [13, 0, 1], [13, 2, 1], [13, 4, 1], [13, 6, 1], [13, 8, 1], [14, 1, 1], [14, 3, 1], [14, 5,
    1], [14, 7, 1], [14, 9, 1], [15, 0, 1], [15, 1, 1], [15, 2, -1], [15, 3, 1], [15, 4, 1], [15, 5, -1], [15, 6,
    1], [15, 7, 1], [15, 8, 1], [15, 9, 1], [16, 10, 1], [16, 11, -1]]}]}}, {"self": {"kind": "average",
    "score": "negative-absolute", "heads": [{"value": {"rows": 29, "cols": 29, "entries": [[17, 15, 1], [18, 16,
    1]]}}]}}, {"self": {"kind": "average", "score": "negative-absolute", "heads": [{"query": {"rows": 3,
    "cols": 29, "entries": [[0, 17, 1], [1, 27, 1], [2, 28, "1/3"]]}, "key": {"rows": 3, "cols": 29,
    "entries": [[0, 27, 1], [1, 18, -1], [2, 28, 1]]}, "value": {"rows": 29, "cols": 29, "entries": [[22, 13, 1],
    [23, 14, 1], [24, 25, -1], [24, 26, 1]]}}]}}], "output": {"maps": [{"weight": {"rows": 15, "cols": 29,
    "entries": [[0, 21, -1], [0, 26, 1], [1, 21, -1], [1, 26, 1], [2, 24, -1], [2, 25, -1], [2, 26, 1], [3, 24,
    -1], [3, 25, -1], [3, 26, 1], [4, 19, 1], [5, 20, 1], [6, 22, 1], [7, 23, 1], [8, 8, 1], [9, 9, 1], [10, 10,
    1], [11, 11, 1], [12, 12, 1], [13, 15, 1], [14, 15, -1]]}, "bias": [0, -1, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0]}, {"weight": {"rows": 12, "cols": 15, "entries": [[0, 0, -1], [0, 1, 1], [0, 4, 1], [1, 0, -1], [1, 1, 1],
    [1, 5, 1], [2, 0, 1], [2, 1, -1], [2, 2, -1], [2, 3, 1], [3, 0, 1], [3, 1, -1], [3, 2, 1], [3, 3, -1], [3, 6,
    1], [4, 0, 1], [4, 1, -1], [4, 2, 1], [4, 3, -1], [4, 7, 1], [5, 8, 1], [6, 9, 1], [7, 10, 1], [8, 11, 1], [9,
    12, 1], [10, 13, 1], [11, 14, 1]]}, "bias": [0, 0, 0, -2, -2, 0, 0, 0, 0, 0, 0, 0]}, {"rows": 29, "cols": 12,
    "entries": [[0, 5, 1], [1, 6, 1], [2, 7, 1], [3, 8, 1], [4, 9, 1], [5, 0, 1], [5, 2, 1], [5, 3, 1], [6, 1, 1],
    [6, 4, 1], [7, 10, 1], [7, 11, -1]]}]}}, "accept": {"weight": [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "bias": "-1/2"}})";

Certificate simulates(const std::string& scope, const std::string& verdict, const std::string& evidence) {
    return {R"({"kind": "simulates", "machine": "one", )" + scope + R"(, "verdict": ")" + verdict + R"("})",
            evidence,
            {{"machine.json", one_machine}, {"network.json", one_network}}};
}

Certificate for_ever() {
    Certificate c = simulates(R"("inputs": "all", "steps": "all")", "verified", R"({"kind": "construction"})");
    c.files["normal.json"] = one_normal;
    return c;
}

/// A unit of the network's table is 1 at every pair: its first step is wrong.
Certificate wrong() {
    Certificate c = simulates(R"("inputs": {"length": 1}, "steps": 6)", "refuted",
                              R"({"kind": "witness", "word": "a", "time": 1})");
    c.files["network.json"] = replaced(one_network, "\"bias\": [-1, -1, -1, -1, -1,", "\"bias\": [-1, -1, 1, -1, -1,");
    return c;
}

Certificate loops(const std::string& shape, const std::string& temperature, const std::string& verdict,
                  const std::string& evidence) {
    return {R"({"kind": "loops", "shape": )" + shape + R"(, "temperature": )" + temperature +
                R"(, "snap": "1/4", "programs": "all well-formed", "memories": "all", "verdict": ")" + verdict +
                R"("})",
            evidence,
            {}};
}

Certificate wrong_loop() {
    Certificate c = loops(R"({"scratch": 4, "memory": 4, "commands": 8, "bits": 11})", "10", "refuted",
                          R"({"kind": "witness", "loop": 1})");
    c.files["program.json"] =
        R"({"format": "attest/subleq", "version": 1, "name": "adversary", "scratch": 4, "bits": 11,
        "memory": [0, 0, 1, -1], "commands": [[2, 2, 4], [3, 0, 2], [1, 1, 3], [1, 1, 3], [1, 1, 3], [1, 1, 2],
        [1, 1, 3], [1, 1, 3]]})";
    return c;
}

}  // namespace

Originals originals_of_machines() {
    return {
        {"simulation for ever", for_ever},
        {"simulation for a while",
         [] {
             return simulates(R"("inputs": {"length": 1}, "steps": 6)", "verified",
                              R"({"kind": "exhaustion", "words": 1})");
         }},
        {"wrong simulation", wrong},
        {"loops",
         [] {
             return loops(R"({"scratch": 2, "memory": 2, "commands": 4, "bits": 4})", "20", "verified",
                          R"({"kind": "error-calculus", "x": "1/200000000000000000", "far": "1/200000000000000000",
                          "rho": "1/200000000000000", "write": "1/200000000000000"})");
         }},
        {"wrong loop", wrong_loop},
    };
}

}  // namespace forgeries
