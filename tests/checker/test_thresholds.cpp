#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "checker/classes/network_formula.hpp"
#include "checker/classes/threshold.hpp"
#include "drafts.hpp"

using namespace checker_test;

namespace {

/// A function of the words of two symbols, 0…0 first.
using Function = std::vector<bool>;

struct Case {
    NetworkClass c;
    std::size_t length;
    std::vector<std::string> breaks;
};

NetworkClass one_layer(std::size_t heads, bool reads_end = true) {
    NetworkClass c;
    c.layers = 1;
    c.heads = heads;
    c.reads_end = reads_end;
    return c;
}

std::vector<Function> all_functions(std::size_t length) {
    const std::size_t words = std::size_t{1} << length;
    std::vector<Function> all;
    for (std::size_t code = 0; code < std::size_t{1} << words; ++code) {
        Function f;
        for (std::size_t x = 0; x < words; ++x) f.push_back(code >> x & 1);
        all.push_back(f);
    }
    return all;
}

NetworkWords words_of(const Function& f, std::size_t length) { return {2, all_words(2, length), f}; }

/// What one head can see at the reading position: for each order of the pairs, the pair chosen on each word. Where the
/// reading position holds a symbol, an order for each symbol there.
std::set<std::vector<std::size_t>> views(const NetworkClass& c, std::size_t length) {
    const std::size_t others = c.reads_end ? length : length - 1;
    std::vector<std::size_t> order;
    for (std::size_t pair = 0; pair < 2 * others; ++pair) order.push_back(pair);
    std::vector<std::vector<std::size_t>> half;
    const std::vector<Word> seen = all_words(2, others);
    do {
        std::vector<std::size_t> chosen;
        for (const Word& word : seen) {
            const auto found =
                std::find_if(order.begin(), order.end(), [&](std::size_t pair) { return word[pair / 2] == pair % 2; });
            chosen.push_back(found == order.end() ? 99 : *found);  // there are no other symbols
        }
        half.push_back(chosen);
    } while (others > 0 && std::next_permutation(order.begin(), order.end()));
    std::set<std::vector<std::size_t>> all;
    if (c.reads_end) return {half.begin(), half.end()};
    for (const auto& zero : half)
        for (const auto& one : half) {
            std::vector<std::size_t> view;
            for (std::size_t x = 0; x < zero.size(); ++x) view.insert(view.end(), {zero[x], 100 + one[x]});
            all.insert(view);
        }
    return all;
}

/// Whether one layer of heads with any orders computes the function, by trying all orders.
bool computable(const NetworkClass& c, const Function& f, std::size_t length) {
    std::set<std::vector<std::vector<std::size_t>>> joint{std::vector<std::vector<std::size_t>>(f.size())};
    for (std::size_t h = 0; h < c.heads; ++h) {
        std::set<std::vector<std::vector<std::size_t>>> more;
        for (const auto& before : joint)
            for (const auto& view : views(c, length)) {
                auto seen = before;
                for (std::size_t x = 0; x < f.size(); ++x) seen[x].push_back(view[x]);
                more.insert(seen);
            }
        joint = more;
    }
    return std::any_of(joint.begin(), joint.end(), [&](const auto& seen) {
        std::map<std::vector<std::size_t>, bool> answers;
        for (std::size_t x = 0; x < f.size(); ++x)
            if (answers.try_emplace(seen[x], f[x]).first->second != f[x]) return false;
        return true;
    });
}

/// All cuts of at most four literals, as lines: what the checker takes among all clauses of variables of the formula.
std::vector<std::string> all_cuts(const Case& k, const Function& f) {
    Budget budget = ample();
    const NetworkWords words = words_of(f, k.length);
    const NetworkFormula plain(k.c, words, k.breaks, budget);
    const std::string text = formula_text(plain.formula());
    const auto variables = static_cast<int>(plain.formula().variables);
    std::vector<std::string> cuts;
    std::vector<int> clause;
    const auto takes = [&](const std::string& line) {
        Budget again = ample();
        NetworkFormula formula(k.c, words, k.breaks, again);
        return refusal([&] { formula.add_cuts(text + line, "formula.cnf"); }).empty();
    };
    // Literals that belong to orders form 2-cycles with themselves reversed; others are refused in every clause.
    std::vector<int> literals;
    for (int v = 1; v <= variables; ++v)
        if (takes(std::to_string(v) + " " + std::to_string(-v) + " 0\n")) literals.insert(literals.end(), {v, -v});
    const std::function<void()> extend = [&] {
        if (clause.size() >= 3) {
            std::string line;
            for (const int literal : clause) line += std::to_string(literal) + " ";
            if (takes(line + "0\n")) cuts.push_back(line + "0\n");
        }
        if (clause.size() == 4) return;
        for (const int literal : literals) {
            if (!clause.empty() && std::abs(literal) <= std::abs(clause.front())) continue;
            clause.push_back(literal);
            extend();
            clause.pop_back();
        }
    };
    extend();
    return cuts;
}

/// What is made of the formula with the cuts.
template <typename Use>
auto on_formula(const Case& k, const Function& f, const std::vector<std::string>& cuts, Use use) {
    Budget budget = ample();
    const NetworkWords words = words_of(f, k.length);
    NetworkFormula formula(k.c, words, k.breaks, budget);
    std::string text = formula_text(formula.formula());
    for (const std::string& cut : cuts) text += cut;
    formula.add_cuts(text, "formula.cnf");
    return use(formula.formula());
}

std::string with_cuts(const Case& k, const Function& f, const std::vector<std::string>& cuts) {
    return on_formula(k, f, cuts, [](const auto& formula) { return formula_text(formula); });
}

/// The refutation of the formula with the cuts, where there is one.
std::optional<std::string> refuted(const Case& k, const Function& f, const std::vector<std::string>& cuts) {
    return on_formula(k, f, cuts, [](const auto& formula) { return Refuter(formula).run(); });
}

Manifest threshold_of(const NetworkClass& c, std::size_t length) {
    Manifest manifest;
    manifest.claim.network_class = c;
    manifest.claim.length = length;
    return manifest;
}

bool bounded(const NetworkClass& c, const Function& f, std::size_t length) {
    Budget budget = ample();
    const ThresholdQuestion question{{}, words_of(f, length)};
    return refusal([&] { check_restriction_bound(threshold_of(c, length), question, budget); }).empty();
}

std::string class_text(const std::string& heads, const std::string& more = R"("activations": null, "read": "end")") {
    return R"({"layers": 1, "heads": )" + heads + ", " + more +
           R"(, "mask": "none", "positions": "visible", "key_dimension": null})";
}

std::string claim(const std::string& c, const std::string& language, int length, const std::string& verdict) {
    return R"({"kind": "threshold", "class": )" + c + R"(, "language": ")" + language + R"(", "length": )" +
           std::to_string(length) + R"(, "verdict": ")" + verdict + "\"}";
}

const Function parity_2{false, true, true, false};

Draft refutation_draft() {
    const Case k{one_layer(1), 2, {}};
    const auto cuts = all_cuts(k, parity_2);
    return {claim(class_text("1"), "parity", 2, "impossible"),
            R"({"kind": "refutation", "proof": "lrat", "breaks": []})",
            {{"formula.cnf", with_cuts(k, parity_2, cuts)}, {"proof.lrat", refuted(k, parity_2, cuts).value()}},
            "[]",
            ""};
}

Draft bound_draft(int heads, const std::string& language, int length) {
    return {claim(class_text(std::to_string(heads)), language, length, "impossible"),
            R"({"kind": "bound", "by": "restriction"})",
            {},
            "[]",
            ""};
}

/// One head that looks at the second symbol.
const std::string second_bit =
    R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 1, "heads": 1, "activations": null,
    "attention": [{"layer": 1, "head": 1, "position": 3, "value": "$", "prefer": [[2, "0"], [2, "1"]]}], "accept": [["$", [2, "1"]]]})";

Draft network_draft() {
    return {claim(class_text("1"), "last", 2, "possible"),
            R"({"kind": "network", "words": 4})",
            {{"witness.json", second_bit}},
            "[]",
            ""};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("Thresholds: the formula of one layer has a model iff some order of the pairs does", "[checker]") {
    for (const std::size_t heads : {1U, 2U})
        for (const bool reads_end : {true, false}) {
            const Case k{one_layer(heads, reads_end), 2, {}};
            std::optional<std::vector<std::string>> cuts;
            for (const Function& f : all_functions(2)) {
                if (!cuts) cuts = heads == 1 || !reads_end ? all_cuts(k, f) : std::vector<std::string>{};
                INFO(heads << " heads, " << (reads_end ? "end" : "last"));
                const bool possible = computable(k.c, f, 2);
                // Without cuts the formula allows more; with them nothing but orders.
                if (possible) CHECK_FALSE(refuted(k, f, *cuts));
                if (!possible) CHECK(refuted(k, f, *cuts));
            }
        }
}

TEST_CASE("Thresholds: a bound by restriction is never accepted for what one layer computes", "[checker]") {
    std::size_t bounds = 0;
    for (const std::size_t length : {2U, 3U})
        for (const std::size_t heads : {1U, 2U})
            for (const bool reads_end : {true, false}) {
                if (length == 3 && heads == 2) continue;
                for (const Function& f : all_functions(length)) {
                    if (!bounded(one_layer(heads, reads_end), f, length)) continue;
                    ++bounds;
                    INFO("length " << length << ", heads " << heads << (reads_end ? ", end" : ", last"));
                    CHECK_FALSE(computable(one_layer(heads, reads_end), f, length));
                }
            }
    CHECK(bounds >= 2);
}

TEST_CASE("Thresholds: parity at one layer is bounded exactly below the number of unread symbols", "[checker]") {
    for (std::size_t length = 1; length <= 8; ++length) {
        Function parity;
        for (const Word& word : all_words(2, length))
            parity.push_back(std::count(word.begin(), word.end(), 1) % 2 == 1);
        for (std::size_t heads = 1; heads <= 9; ++heads) {
            CHECK(bounded(one_layer(heads), parity, length) == (heads < length));
            CHECK(bounded(one_layer(heads, false), parity, length) == (heads + 1 < length));
        }
    }
}

TEST_CASE("Thresholds: of more layers only those of key dimension 1 without a mask are bounded by restriction",
          "[checker]") {
    NetworkClass c = one_layer(1);
    c.layers = 2;
    c.one_key_dimension = true;
    const auto reason = [](const NetworkClass& asked, std::size_t length) {
        Function parity;
        for (const Word& word : all_words(2, length))
            parity.push_back(std::count(word.begin(), word.end(), 1) % 2 == 1);
        Budget budget = ample();
        const ThresholdQuestion question{{}, words_of(parity, length)};
        return refusal([&] { check_restriction_bound(threshold_of(asked, length), question, budget); });
    };
    CHECK(reason(c, 5).empty());
    CHECK(reason(c, 4).find("see all symbols") != std::string::npos);
    NetworkClass other = c;
    other.reads_end = false;
    CHECK(reason(other, 6).empty());
    CHECK(reason(other, 5).find("see all symbols") != std::string::npos);
    other = c;
    other.layers = 3;
    CHECK(reason(other, 7).empty());
    CHECK(reason(other, 6).find("see all symbols") != std::string::npos);
    other = c;
    other.heads = 2;
    CHECK(reason(other, 8).empty());
    CHECK(reason(other, 7).find("see all symbols") != std::string::npos);
    other = c;
    other.strict_mask = true;
    CHECK(reason(other, 5).find("no mask") != std::string::npos);
    other = c;
    other.one_key_dimension = false;
    CHECK(reason(other, 5).find("key dimension 1") != std::string::npos);
}

TEST_CASE("Thresholds: symmetry breaks change no answer", "[checker]") {
    for (const std::size_t heads : {1U, 2U})
        for (const std::size_t length : {1U, 2U})
            for (const bool reads_end : {true, false})
                for (const std::vector<std::string>& breaks :
                     std::vector<std::vector<std::string>>{{"permutations"},
                                                           {"permutations", "complements"},
                                                           {"heads"},
                                                           {"heads", "permutations", "complements"}}) {
                    if (breaks[0] == "heads" && heads < 2) continue;
                    for (const Function& f : all_functions(length)) {
                        Budget budget = ample();
                        const NetworkWords words = words_of(f, length);
                        const Case k{one_layer(heads, reads_end), length, breaks};
                        if (!refusal([&] { NetworkFormula formula(k.c, words, breaks, budget); }).empty()) continue;
                        // What is computable stays satisfiable under every break.
                        if (computable(k.c, f, length)) CHECK_FALSE(refuted(k, f, {}));
                    }
                }
}

TEST_CASE("Thresholds: breaks need a language that they keep", "[checker]") {
    const auto reason = [](const Function& f, const std::vector<std::string>& breaks, std::size_t heads = 1) {
        Budget budget = ample();
        const NetworkWords words = words_of(f, 2);
        const NetworkClass c = one_layer(heads);
        return refusal([&] { NetworkFormula formula(c, words, breaks, budget); });
    };
    CHECK(reason(parity_2, {"permutations", "complements"}).empty());
    CHECK(reason({false, false, true, true}, {"permutations"}).find("no exchange of positions") != std::string::npos);
    CHECK(reason({false, false, false, true}, {"permutations"}).empty());
    CHECK(reason({false, false, false, true}, {"permutations", "complements"}).find("no complement of a symbol") !=
          std::string::npos);
    CHECK(reason(parity_2, {"complements"}).find("needs permutations") != std::string::npos);
    CHECK(reason(parity_2, {"complements", "permutations"}).find("out of order") != std::string::npos);
    CHECK(reason(parity_2, {"permutations", "permutations"}).find("out of order") != std::string::npos);
    CHECK(reason(parity_2, {"heads"}).find("two heads") != std::string::npos);
    CHECK(reason(parity_2, {"activations"}, 2).find("two layers") != std::string::npos);
    CHECK(reason(parity_2, {"luck"}).find("unknown") != std::string::npos);
    CHECK(reason(parity_2, {"signs"}).find("key dimension 1") != std::string::npos);
    CHECK(reason(parity_2, {"numbers"}).find("key dimension 1") != std::string::npos);
    NetworkClass scalar = one_layer(1);
    scalar.one_key_dimension = true;
    const auto of_scalar = [&](const Function& f, const std::vector<std::string>& breaks) {
        Budget budget = ample();
        const NetworkWords words = words_of(f, 2);
        return refusal([&] { NetworkFormula formula(scalar, words, breaks, budget); });
    };
    CHECK(of_scalar(parity_2, {"signs", "numbers"}).empty());
    CHECK(of_scalar({false, false, false, true}, {"signs"}).empty());
    CHECK(of_scalar({false, false, false, true}, {"signs", "numbers"}).find("no complement of a symbol") !=
          std::string::npos);
    CHECK(of_scalar(parity_2, {"numbers", "signs"}).find("out of order") != std::string::npos);
}

TEST_CASE("Thresholds: a refuted class is accepted, and damaged evidence refused", "[checker]") {
    const Draft draft = refutation_draft();
    const Report report = check_draft(draft);
    INFO(report.place << ": " << report.reason);
    CHECK(report.accepted);
    CHECK(report.claim ==
          "no hard-attention network of 1 layer, 1 head, unbounded activations, read at an end symbol computes parity "
          "at length 2");

    const auto judged = [&](const std::string& file, const std::string& from, const std::string& to) {
        Draft damaged = draft;
        damaged.files[file] = replaced(damaged.files[file], from, to);
        return check_draft(damaged).obligation;
    };
    const std::string& formula = draft.files.at("formula.cnf");
    const std::string last_cut = formula.substr(formula.rfind('\n', formula.size() - 2) + 1);
    CHECK(judged("formula.cnf", last_cut, replaced(last_cut, "-", "")) == "translation");
    CHECK(judged("formula.cnf", last_cut, "1 2 0\n") == "translation");
    CHECK(judged("formula.cnf", last_cut, "") == "translation");
    CHECK(judged("formula.cnf", "\n", "\n1 0\n") == "translation");
    CHECK(judged("proof.lrat", " 0 ", " 0 1 ") == "refutation");
    CHECK(judged("proof.lrat", draft.files.at("proof.lrat"), "") == "refutation");

    Draft other = draft;
    other.claim = claim(class_text("2"), "parity", 2, "impossible");
    CHECK(check_draft(other).obligation == "translation");
    other = draft;
    other.claim = claim(class_text("1"), "even", 2, "impossible");
    CHECK(check_draft(other).obligation == "translation");
    other = draft;
    other.evidence = R"({"kind": "refutation", "proof": "lrat", "breaks": ["permutations"]})";
    CHECK(check_draft(other).obligation == "translation");
    other = draft;
    other.claim = claim(class_text("1"), "parity", 2, "possible");
    CHECK(check_draft(other).obligation == "question");
}

TEST_CASE("Thresholds: a network is simulated on all words", "[checker]") {
    CHECK(check_draft(network_draft()).accepted);
    const auto judged = [](const std::string& from, const std::string& to) {
        Draft damaged = network_draft();
        damaged.files["witness.json"] = replaced(second_bit, from, to);
        return check_draft(damaged).obligation;
    };
    CHECK(judged(R"([[2, "0"], [2, "1"]])", R"([[1, "0"], [1, "1"]])") == "network");
    CHECK(judged(R"("accept": [["$", [2, "1"]]])", R"("accept": [["$", [2, "0"]]])") == "network");
    CHECK(judged(R"("activations": null)", R"("activations": 2)") == "network");
    CHECK(judged(R"("heads": 1)", R"("heads": 2)") == "network");
    CHECK(judged(R"(["0", "1"])", R"(["1", "0"])") == "network");
    Draft fewer = network_draft();
    fewer.evidence = R"({"kind": "network", "words": 3})";
    CHECK(check_draft(fewer).obligation == "network");
    Draft masked = network_draft();
    masked.claim = replaced(masked.claim, R"("mask": "none")", R"("mask": "strict")");
    CHECK(check_draft(masked).accepted);
}

TEST_CASE("Thresholds: a head that looks where the mask forbids is seen", "[checker]") {
    Draft draft = network_draft();
    draft.claim =
        replaced(replaced(draft.claim, R"("mask": "none")", R"("mask": "strict")"), R"("layers": 1)", R"("layers": 2)");
    const std::string two_layers =
        replaced(replaced(second_bit, R"("layers": 1)", R"("layers": 2)"), R"([["$", [2, "1"]]])",
                 R"([[["$", [2, "1"]], [1, ["0", [1, "0"]]]], [["$", [2, "1"]], [1, ["1", [1, "1"]]]]])");
    draft.files["witness.json"] = two_layers;
    CHECK(check_draft(draft).accepted);
    const std::string entry = R"({"layer": 1, "head": 1, "position": 2, "value": "1", "prefer": [[2, "1"]]}, )";
    draft.files["witness.json"] = replaced(two_layers, R"("attention": [)", R"("attention": [)" + entry);
    const Report report = check_draft(draft);
    CHECK(report.obligation == "network");
    CHECK(report.reason == "a head looks where the mask forbids");
}

TEST_CASE("Thresholds: a bound needs one layer and few heads", "[checker]") {
    CHECK(check_draft(bound_draft(2, "parity", 3)).accepted);
    CHECK(check_draft(bound_draft(3, "parity", 3)).obligation == "bound");
    CHECK(check_draft(bound_draft(1, "first", 3)).obligation == "bound");
    CHECK(check_draft(bound_draft(1, "majority", 3)).accepted);
    CHECK(check_draft(bound_draft(2, "majority", 3)).obligation == "bound");
    Draft deep = bound_draft(2, "parity", 3);
    deep.claim = replaced(deep.claim, R"("layers": 1)", R"("layers": 2)");
    CHECK(check_draft(deep).obligation == "bound");
}

TEST_CASE("Thresholds: classes that make no sense are refused", "[checker]") {
    const auto judged = [](const std::string& from, const std::string& to) {
        Draft draft = bound_draft(2, "parity", 3);
        draft.claim = replaced(draft.claim, from, to);
        return check_draft(draft).obligation;
    };
    CHECK(judged(R"("layers": 1)", R"("layers": 0)") == "question");
    CHECK(judged(R"("activations": null)", R"("activations": 1)") == "question");
    CHECK(judged(R"("read": "end")", R"("read": "first")") == "question");
    CHECK(judged(R"("positions": "visible")", R"("positions": "none")") == "question");
    CHECK(judged(R"("key_dimension": null)", R"("key_dimension": 2)") == "question");
    CHECK(judged(R"("layers": 1)", R"("layers": 1, "width": 1)") == "question");
    CHECK(judged(R"("length": 3)", R"("length": 40)") == "question");
}

TEST_CASE("Softmax layers: networks are evaluated exactly and sums added again", "[checker]") {
    const auto softmax = [](int heads, const std::string& language, int length, const std::string& verdict) {
        return claim(R"({"attention": "softmax", "heads": )" + std::to_string(heads) + "}", language, length, verdict);
    };
    // One head, two symbols: the share of 1s, less one third.
    const std::string some = R"({"format": "attest/softmax-heads", "version": 1, "alphabet": ["0", "1"], "length": 2,
        "heads": [{"query": [1, "1/2"], "symbols": [[[1, 0], [1, -1]], [[1, 0], [1, -1]]]}]})";
    Draft network{softmax(1, "contains:1", 2, "possible"),
                  R"({"kind": "network", "words": 4})",
                  {{"witness.json", some}},
                  "[]",
                  ""};
    CHECK(check_draft(network).accepted);
    network.files["witness.json"] = replaced(some, R"("1/2")", "1");
    CHECK(check_draft(network).obligation == "network");
    network.files["witness.json"] = replaced(some, "[1, -1]", "[0, -1]");
    CHECK(check_draft(network).obligation == "network");

    Draft sum{softmax(1, "parity", 2, "impossible"),
              R"({"kind": "bound", "by": "alternating-sum"})",
              {{"weights.json", "[1, 1, 1, 1]"}},
              "[]",
              ""};
    const Report report = check_draft(sum);
    INFO(report.reason);
    CHECK(report.accepted);
    const auto judged = [&](const std::string& claimed, const std::string& weights) {
        sum.claim = claimed;
        sum.files["weights.json"] = weights;
        return check_draft(sum).obligation;
    };
    CHECK(judged(softmax(1, "parity", 2, "impossible"), "[1, 1, 1, 2]") == "bound");
    CHECK(judged(softmax(1, "parity", 2, "impossible"), "[1, 1, 1]") == "bound");
    CHECK(judged(softmax(1, "parity", 2, "impossible"), "[0, 0, 0, 0]") == "bound");
    CHECK(judged(softmax(1, "parity", 2, "impossible"), "[-1, -1, -1, -1]") == "bound");
    CHECK(judged(softmax(2, "parity", 2, "impossible"), "[1, 1, 1, 1]") == "bound");
    CHECK(judged(softmax(1, "majority", 2, "impossible"), "[1, 1, 1, 1]") == "bound");
}
