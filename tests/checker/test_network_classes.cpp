#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "checker/classes/network_formula.hpp"
#include "checker_support.hpp"

// Classes of networks beyond one layer: what some network computes must leave the formula of its class satisfiable, under
// every symmetry break. Networks are tried one by one where they are few.

using namespace checker_test;

namespace {

using Function = std::vector<bool>;                  // of the words in order
using View = std::vector<std::vector<std::size_t>>;  // what the reader knows in the end, by word

/// Whether the class has no network for the function, as far as the formula without cuts says.
bool refuted(const NetworkClass& c, const std::vector<Word>& words, const Function& f,
             const std::vector<std::string>& breaks) {
    Budget budget = ample();
    const NetworkWords all{2, words, f};
    const NetworkFormula formula(c, all, breaks, budget);
    return Refuter(formula.formula()).run().has_value();
}

bool takes(const NetworkClass& c, const std::vector<Word>& words, const Function& f,
           const std::vector<std::string>& breaks) {
    Budget budget = ample();
    const NetworkWords all{2, words, f};
    return refusal([&] { NetworkFormula(c, all, breaks, budget); }).empty();
}

std::vector<Function> all_functions(std::size_t words) {
    std::vector<Function> all;
    for (std::size_t code = 0; code < std::size_t{1} << words; ++code) {
        all.emplace_back();
        for (std::size_t x = 0; x < words; ++x) all.back().push_back(code >> x & 1);
    }
    return all;
}

bool is_function_of(const View& view, const Function& f) {
    std::map<std::vector<std::size_t>, bool> answers;
    for (std::size_t x = 0; x < f.size(); ++x)
        if (answers.try_emplace(view[x], f[x]).first->second != f[x]) return false;
    return true;
}

bool computable(const std::set<View>& views, const Function& f) {
    return std::any_of(views.begin(), views.end(), [&](const View& view) { return is_function_of(view, f); });
}

/// The next numbers below a base, as an odometer.
bool next(std::vector<std::size_t>& digits, std::size_t base) {
    for (std::size_t& digit : digits) {
        if (++digit < base) return true;
        digit = 0;
    }
    return false;
}

/// The leftmost of the first `visible` values that a preference likes best: 0 no difference, 1 value 0, 2 value 1.
std::size_t preferred(const std::vector<std::size_t>& values, std::size_t visible, std::size_t preference) {
    for (std::size_t j = 0; j < visible && preference != 0; ++j)
        if (values[j] == preference - 1) return values[j];
    return values[0];
}

/// Two layers of one head, one bit, strict mask, no positions: what the reader sees for each network.
class PositionFree {
  public:
    explicit PositionFree(const std::vector<Word>& words) : words_(words) {
        std::vector<std::size_t> likes(3, 0);
        do {
            std::vector<std::size_t> bits(9, 0);  // by value and what is seen: nothing, 0, 1
            do add(likes, bits);
            while (next(bits, 2));
        } while (next(likes, 3));
    }

    std::set<View> views;

  private:
    void add(const std::vector<std::size_t>& likes, const std::vector<std::size_t>& bits) {
        std::vector<std::size_t> last(2, 0);
        do {
            View view;
            for (const Word& word : words_) {
                Word held = word;
                held.push_back(2);
                Word after;
                for (std::size_t i = 0; i < held.size(); ++i)
                    after.push_back(bits[3 * held[i] + (i == 0 ? 0 : 1 + preferred(held, i, likes[held[i]]))]);
                const std::size_t own = after.back();
                view.push_back({own, word.empty() ? 2 : preferred(after, word.size(), last[own])});
            }
            views.insert(view);
        } while (next(last, 3));
    }

    const std::vector<Word>& words_;
};

std::vector<Word> words_up_to(std::size_t length) {
    std::vector<Word> words;
    for (std::size_t n = 0; n <= length; ++n)
        for (const Word& word : all_words(2, n)) words.push_back(word);
    return words;
}

/// One layer of one head that gives each key one number: what the reader sees for each way to number the keys and each
/// sign, for words of two symbols.
std::set<View> one_dimensional_views(bool reads_end) {
    std::set<View> views;
    std::vector<std::size_t> rank(5, 0);  // of (1, 0), (1, 1), (2, 0), (2, 1), (3, end)
    do {
        std::vector<std::size_t> sign(2, 0);  // by asking symbol
        do {
            View view;
            for (const Word& word : all_words(2, 2)) {
                std::vector<std::size_t> keys{word[0], 2 + word[1]};
                if (reads_end) keys.push_back(4);
                const std::size_t asking = reads_end ? 0 : word[1];
                std::size_t best = keys[0];
                for (const std::size_t key : keys) {
                    if (sign[asking] == 1 && rank[key] > rank[best]) best = key;
                    if (sign[asking] == 2 && rank[key] < rank[best]) best = key;
                }
                view.push_back({asking, best});
            }
            views.insert(view);
        } while (next(sign, 3));
    } while (next(rank, 5));
    return views;
}

const std::vector<std::vector<std::string>> all_breaks{{},
                                                       {"activations"},
                                                       {"permutations"},
                                                       {"permutations", "complements"},
                                                       {"activations", "permutations", "complements"}};

}  // namespace

TEST_CASE("Network classes: without positions the formula has a model iff one of the networks fits", "[checker]") {
    NetworkClass c;
    c.layers = 2;
    c.heads = 1;
    c.activations = 2;
    c.strict_mask = true;
    c.sees_positions = false;
    const std::vector<Word> words = words_up_to(3);
    const PositionFree networks(words);
    std::mt19937 random(1);
    std::size_t possible = 0, impossible = 0;
    const auto compare = [&](const Function& f) {
        const bool found = computable(networks.views, f);
        (found ? possible : impossible) += 1;
        CHECK(refuted(c, words, f, {}) != found);
        CHECK(refuted(c, words, f, {"activations"}) != found);
    };
    Function parity;
    for (const Word& word : words) parity.push_back(std::count(word.begin(), word.end(), 1) % 2 == 1);
    compare(parity);
    CHECK(impossible == 1);
    for (int k = 0; k < 40; ++k) {
        Function f;
        for (std::size_t x = 0; x < words.size(); ++x) f.push_back(random() % 2 == 1);
        compare(f);
        const View& view =
            *std::next(networks.views.begin(), static_cast<std::ptrdiff_t>(random() % networks.views.size()));
        std::map<std::vector<std::size_t>, bool> accepted;
        for (std::size_t x = 0; x < words.size(); ++x)
            f[x] = accepted.try_emplace(view[x], random() % 2 == 1).first->second;
        compare(f);
    }
    CHECK(possible >= 40);
    CHECK(impossible > 1);
}

TEST_CASE("Network classes: with one key dimension nothing that is computed is refuted", "[checker]") {
    const std::vector<Word> words = all_words(2, 2);
    for (const bool reads_end : {true, false}) {
        NetworkClass c;
        c.layers = 1;
        c.heads = 1;
        c.reads_end = reads_end;
        c.one_key_dimension = true;
        const std::set<View> views = one_dimensional_views(reads_end);
        for (const Function& f : all_functions(words.size()))
            if (computable(views, f)) {
                CHECK_FALSE(refuted(c, words, f, {}));
                CHECK_FALSE(refuted(c, words, f, {"signs"}));
                if (f[0] != f[1] && f[2] == f[1] && f[3] == f[0])
                    CHECK_FALSE(refuted(c, words, f, {"signs", "numbers"}));  // the sum or its complement
            }
    }
}

TEST_CASE("Network classes: two layers compute all of two bits under all symmetry breaks", "[checker]") {
    const std::vector<Word> words = all_words(2, 2);
    std::size_t formulas = 0;
    for (const std::optional<std::size_t>& activations : {std::optional<std::size_t>(2), std::optional<std::size_t>()})
        for (const bool reads_end : {true, false})
            for (const std::vector<std::string>& breaks : all_breaks) {
                NetworkClass c;
                c.layers = 2;
                c.heads = 1;
                c.activations = activations;
                c.reads_end = reads_end;
                for (const Function& f : all_functions(words.size())) {
                    if (!takes(c, words, f, breaks)) continue;
                    ++formulas;
                    CHECK_FALSE(refuted(c, words, f, breaks));
                }
            }
    CHECK(formulas > 100);
}

TEST_CASE("Network classes: those of absurd size are refused before they take the memory", "[checker]") {
    const std::vector<Word> words = all_words(2, 8);
    const NetworkWords all{2, words, Function(words.size())};
    const auto refused = [&](std::size_t layers, std::size_t heads, std::optional<std::size_t> activations) {
        NetworkClass c;
        c.layers = layers;
        c.heads = heads;
        c.activations = activations;
        Budget budget(100'000'000, 1 << 24);
        return !refusal([&] { NetworkFormula(c, all, {}, budget); }).empty();
    };
    CHECK(refused(1'000'000, 1, {}));
    CHECK(refused(1, 1'000'000, {}));
    CHECK(refused(2, 1, 1'000'000));
    CHECK(refused(3, 2, {}));
    CHECK_FALSE(refused(1, 1, {}));
}
