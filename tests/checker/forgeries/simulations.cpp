#include "simulations.hpp"

// Sections 28 and 29: networks that simulate Turing machines, and loops that are steps of SUBLEQ programs.

namespace forgeries {
namespace {

const char* const ever = "simulation for ever";
const char* const a_while = "simulation for a while";
const char* const wrong_one = "wrong simulation";

Edit claimed(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit shown(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit network(const std::string& from, const std::string& to) { return in("network.json", from, to); }
Edit machine(const std::string& from, const std::string& to) { return in("machine.json", from, to); }
Edit normal(const std::string& from, const std::string& to) { return in("normal.json", from, to); }

constexpr const char* simulates_keys =
    "`simulates`: `{\"kind\", \"machine\": name, \"inputs\": \"all\" | {\"length\": N}, \"steps\": \"all\" | T, "
    "\"verdict\": \"verified\" | \"refuted\"}`";
constexpr const char* both_all = "Inputs and steps are both `\"all\"` or both not; N and T are from 0 to 10⁶";
constexpr const char* own_name = "name is the machine's own where that has one";
constexpr const char* machine_files =
    "The certificate has the files `machine.json`, a machine (`attest/turing`, MODEL.md section 13), and "
    "`network.json`";
constexpr const char* is_configuration =
    "y_t on this word is the configuration at time t of the machine's normal form (28.2)";
constexpr const char* one_best = "each head with queries has one position of greatest score";
constexpr const char* all_coordinates = "and whose other coordinates are 0";
constexpr const char* reads =
    "so that each symbol of the machine's alphabet is one of the network's, and the empty word as its blank";
constexpr const char* room = "A network has at least the coordinates up to x1";
constexpr const char* by_words = "count is |Σ|^N, at most 2²²";
constexpr const char* by_witness = "on this word t is the first time at which the network is wrong";
constexpr const char* witness_scope = "The word has N symbols and t is at most T, where the claim says so";
constexpr const char* by_construction =
    "`{\"kind\": \"construction\"}`, for all words and all times that are verified, with the further file "
    "`normal.json`";
constexpr const char* is_normal =
    "`normal.json` is the normal form of `machine.json`, as a machine: the same alphabet, tape, blank, states in this "
    "order, start, accepting states and transitions";
constexpr const char* same_numbers =
    "`network.json` has the same symbols, blank and numbers everywhere as the network of 28.3, w being its own number "
    "in "
    "the third row of the last query";
constexpr const char* positive =
    "0 < w, and the polynomials of 28.5 have no negative coefficient and a positive constant";
constexpr const char* same_text = "An expression is the same iff its text is";
constexpr const char* kind_of_attention =
    "All attention is of kind `average` with the score `negative-absolute`, with one head and without output";

std::vector<Forgery> simulation_questions() {
    return {
        {simulates_keys, ever, claimed("\"verified\"", "\"proved\""), "question", "verdict"},
        {simulates_keys, ever, claimed("\"verdict\"", "\"model\": \"one\", \"verdict\""), "question",
         "unknown key \"model\""},
        {simulates_keys, ever, claimed("\"inputs\": \"all\"", "\"inputs\": \"some\""), "question",
         "\"all\" was expected"},
        {both_all, ever, claimed("\"steps\": \"all\"", "\"steps\": 3"), "question",
         "all words are claimed for all times"},
        {both_all, a_while, claimed("\"steps\": 6", "\"steps\": \"all\""), "question",
         "all words are claimed for all times"},
        {both_all, a_while, claimed("\"steps\": 6", "\"steps\": 1000001"), "question", "claim.steps"},
        {own_name, ever, claimed("\"machine\": \"one\"", "\"machine\": \"two\""), "question",
         "the machine's name is \"one\""},
        {machine_files, ever, without("machine.json"), "digest", "machine.json: the file is missing"},
        {machine_files, a_while, add_file("normal.json", "{}"), "digest", "has no such file"},
        {by_construction, ever, without("normal.json"), "digest", "normal.json: the file is missing"},
        {by_construction, ever, shown("construction", "exhaustion"), "question", "\"construction\" was expected"},
        {by_construction, ever, claimed("\"verified\"", "\"refuted\""), "question", "\"witness\" was expected"},
        {by_words, a_while, shown("\"words\": 1", "\"words\": 2"), "question", "there are 1 words"},
        {room, a_while,
         put("network.json", R"({"format": "attest/seq2seq", "version": 1, "alphabet": ["a"], "dimension": 1,
            "encoder": {"embedding": {"a": [0]}}, "decoder": {"start": [0], "layers": [], "output": {"maps": [[[1]]]}},
            "accept": {"weight": [1], "bias": 0}})"),
         "question", "a configuration has 8 numbers"},
        {reads, a_while, network("\"alphabet\": [\"a\"]", "\"alphabet\": [\"b\"]"), "question",
         "the key \"b\" is missing"},
    };
}

std::vector<Forgery> simulation_runs() {
    return {
        {is_configuration, a_while, network("[-1, -1, -1, -1, -1,", "[-1, -1, 1, -1, -1,"), "exhaustion",
         "at time 1 it is wrong on the word"},
        {all_coordinates, a_while, network("[7, 10, 1], [7, 11, -1]]}]}}", "[7, 10, 1], [7, 11, -1], [20, 6, 1]]}]}}"),
         "exhaustion", "at time 1 it is wrong"},
        // Without the third product earlier visits score as the last one.
        {one_best, a_while, network("[2, 28, \"1/3\"]", "[2, 28, 0]"), "exhaustion", "it is wrong on the word"},
        {by_witness, wrong_one, shown("\"time\": 1", "\"time\": 2"), "witness", "it is wrong at time 1 already"},
        {by_witness, wrong_one, network("[-1, -1, 1, -1, -1,", "[-1, -1, -1, -1, -1,"), "witness",
         "the network is right up to this time"},
        {witness_scope, wrong_one, shown("\"a\"", "\"aa\""), "witness", "the claim is about words of 1 symbols"},
        {witness_scope, wrong_one, shown("\"time\": 1", "\"time\": 7"), "witness", "the claim is about 6 steps"},
    };
}

/// Ten networks with another number, and one with another position.
std::vector<Forgery> simulation_networks() {
    return {
        {is_normal, ever, normal("[\"q\",\"a\",\"q\",\"a\",\"R\"]", "[\"q\",\"a\",\"q\",\"a\",\"L\"]"), "normal-form",
         "normal.json: transitions"},
        {is_normal, ever, normal("\"accept\":[\"q\"]", "\"accept\":[\"!\"]"), "normal-form", "normal.json: accept"},
        {is_normal, ever, normal("\"q\",\"!\"],", "\"!\",\"q\"],"), "normal-form", "normal.json: states"},
        {is_normal, ever, machine("\"accept\": [\"q\"]", "\"accept\": []"), "normal-form", "normal.json: accept"},
        {is_normal, ever, machine("[\"#\", \"a\"]", "[\"#\", \"a\", \"b\"]"), "normal-form", "normal.json: tape"},
        {positive, ever, network("[2, 28, \"1/3\"]", "[2, 28, \"1/2\"]"), "margin",
         "the constant of polynomial B- is 0"},
        {positive, ever, network("[2, 28, \"1/3\"]", "[2, 28, 0]"), "margin", "w = 0 is not positive"},
        {positive, ever, network("[2, 28, \"1/3\"]", "[2, 28, \"-1/3\"]"), "margin", "w = -1/3 is not positive"},
        {positive, ever, network("[2, 28, \"1/3\"]", "[2, 28, 2]"), "margin",
         "polynomial B+ has a negative coefficient"},
        {same_numbers, ever, network("[0, 17, 1], [1, 27, 1]", "[0, 17, 1], [1, 27, 2]"), "translation",
         "decoder.layers[2].self.heads[0].query: row 1"},
        {same_numbers, ever, network("[-1, -1, -1, -1, -1,", "[-1, -1, 0, -1, -1,"), "translation",
         "decoder.layers[0].feedforward.maps[0].bias[2]: -1 was expected, 0 was found"},
        {same_numbers, ever, network("[17, 15, 1]", "[17, 15, -1]"), "translation",
         "decoder.layers[1].self.heads[0].value"},
        {same_numbers, ever, network("\"bias\": \"-1/2\"", "\"bias\": 0"), "translation", "accept.bias"},
        {same_numbers, ever, network("[0, 0, 0, -2, -2,", "[0, 0, 0, -1, -2,"), "translation",
         "decoder.output.maps[1].bias[3]"},
        {same_numbers, ever, network("\"start\": [1, 0,", "\"start\": [1, 1,"), "translation", "decoder.start[1]"},
        {same_numbers, ever, network("[2, 24, -1], [2, 25, -1]", "[2, 24, -1], [2, 25, -2]"), "translation",
         "decoder.output.maps[0]: row 2"},
        {same_numbers, ever, network("[7, 10, 1], [7, 11, -1]]}]}}", "[7, 10, 1], [7, 11, 1]]}]}}"), "translation",
         "decoder.output.maps[2]: row 7"},
        {same_text, ever, network("\"1/i^2\"], \"layers\": []", "\"1/i^3\"], \"layers\": []"), "translation",
         "encoder.position[28]"},
        {kind_of_attention, ever,
         network("\"score\": \"negative-absolute\", \"heads\": [{\"value\"",
                 "\"score\": \"dot\", \"heads\": [{\"value\""),
         "translation", "decoder.layers[1].self.score"},
    };
}

constexpr const char* loops_keys = "2 ≤ s, 1 ≤ m, 1 ≤ k, n = s + m + k ≤ 65536, 2 ≤ N ≤ 62, 0 < λ ≤ 10000, 0 < ε < 1/2";
constexpr const char* four_numbers =
    "`{\"kind\": \"error-calculus\", \"x\", \"far\", \"rho\", \"write\"}`, four positive numbers, verified only; the "
    "certificate has no files";
constexpr const char* upper_bounds =
    "x ≥ e^(−2λ), far ≥ e^(−2λ(1 − e₁)), 1 + rho ≥ e^(λ L e₁ (1 + e₁)), 1 + write ≥ e^(λ L e₁)";
constexpr const char* within_snap = "e₁ and the last three are at most ε";
constexpr const char* flag_bound = "the flag; φ ≤ 1";
constexpr const char* wrong_loop_keys =
    "`{\"kind\": \"witness\", \"loop\": t}`, refuted only, with the file `program.json`, a program of the shape; 1 ≤ t "
    "≤ 10⁶";
constexpr const char* leads_on = "The program takes t steps, each of which leads to a command, from its beginning";
constexpr const char* is_other =
    "one loop of the network makes of the state after t − 1 of these another than that after t; a checker decides it "
    "by "
    "intervals, and refuses what they leave open";

}  // namespace

Section simulations() {
    Section section{"28", {}};
    for (const auto& some : {simulation_questions(), simulation_runs(), simulation_networks()})
        section.forgeries.insert(section.forgeries.end(), some.begin(), some.end());
    return section;
}

Section loops_of_programs() {
    return {
        "29",
        {
            {loops_keys, "loops", claimed("\"scratch\": 2", "\"scratch\": 1"), "question", "claim.shape.scratch"},
            {loops_keys, "loops", claimed("\"memory\": 2", "\"memory\": 65531"), "question", "more than 65536 columns"},
            {loops_keys, "loops", claimed("\"bits\": 4", "\"bits\": 63"), "question", "claim.shape.bits"},
            {loops_keys, "loops", claimed("\"temperature\": 20", "\"temperature\": 0"), "question",
             "claim.temperature"},
            {loops_keys, "loops", claimed("\"snap\": \"1/4\"", "\"snap\": \"1/2\""), "question", "claim.snap"},
            {four_numbers, "loops", shown("\"write\": \"1/200000000000000\"", "\"write\": 0"), "question",
             "a positive number was expected"},
            {four_numbers, "loops", shown("error-calculus", "witness"), "question", "\"error-calculus\" was expected"},
            {four_numbers, "loops", add_file("program.json", "{}"), "digest", "has no such file"},
            {upper_bounds, "loops", shown("\"x\": \"1/200000000000000000\"", "\"x\": \"1/300000000000000000\""),
             "calculus", "evidence.x"},
            {upper_bounds, "loops", shown("\"far\": \"1/200000000000000000\"", "\"far\": \"1/300000000000000000\""),
             "calculus", "evidence.far"},
            {upper_bounds, "loops", shown("\"rho\": \"1/200000000000000\"", "\"rho\": \"1/2000000000000000\""),
             "calculus", "evidence.rho"},
            {upper_bounds, "loops", shown("\"write\": \"1/200000000000000\"", "\"write\": \"1/2000000000000000\""),
             "calculus", "evidence.write"},
            {upper_bounds, "loops", claimed("\"temperature\": 20", "\"temperature\": 19"), "calculus", "evidence.x"},
            {flag_bound, "loops", claimed("\"bits\": 4", "\"bits\": 40"), "calculus", "claim.temperature"},
            {within_snap, "loops", claimed("\"snap\": \"1/4\"", "\"snap\": \"1/1000000000000\""), "calculus",
             "the error of"},
            {wrong_loop_keys, "wrong loop", shown("\"loop\": 1", "\"loop\": 0"), "question", "evidence.loop"},
            {wrong_loop_keys, "wrong loop", claimed("\"bits\": 11", "\"bits\": 12"), "question", "another shape"},
            {wrong_loop_keys, "wrong loop", without("program.json"), "digest", "the file is missing"},
            {leads_on, "wrong loop",
             both(both(in("program.json", "[2, 2, 4]", "[2, 2, 7]"), in("program.json", "[1, 1, 3]]", "[3, 0, 3]]")),
                  shown("\"loop\": 1", "\"loop\": 2")),
             "witness", "the step leads to no command"},
            {leads_on, "wrong loop",
             both(both(in("program.json", "[2, 2, 4]", "[2, 2, 7]"), in("program.json", "[1, 1, 3]]", "[3, 0, 2]]")),
                  shown("\"loop\": 1", "\"loop\": 3")),
             "witness", "the program runs off its end before"},
            {is_other, "wrong loop", claimed("\"temperature\": 10", "\"temperature\": 20"), "witness",
             "the loop is not known to be wrong"},
            {is_other, "wrong loop", shown("\"loop\": 1", "\"loop\": 2"), "witness",
             "the loop is not known to be wrong"},
        },
    };
}

}  // namespace forgeries
