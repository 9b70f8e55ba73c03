#include "decide/counting/comparisons.hpp"

#include <algorithm>
#include <chrono>

#include "attest/formats/file.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "checked.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/network/comparing_text.hpp"
#include "programs/crasp/program.hpp"
#include "read_by_checker.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Models whose heads count and compare, as programs: against the evaluator on words, and the checker's text against ours.

using namespace attest;

namespace {

using exact::Rational;

std::string text_by_checker(const network::Transformer& t) {
    checker::Budget budget = tests::large_budget();
    const checker::Model model = tests::read_by_checker(t);
    REQUIRE(checker::may_compare(model));
    return checker::comparing_text(model, budget);
}

/// A model that is made head by head; each writes to coordinates that are still 0.
class RandomComparing {
  public:
    RandomComparing(base::Random& random, std::size_t symbols)
        : random_(random), begin_(symbols), share_(symbols + 1), used_(symbols + 2) {
        t_.name = "random";
        t_.dimension = most;
        std::vector<std::string> names;
        for (std::size_t a = 0; a < symbols; ++a) names.push_back(std::string(1, static_cast<char>('a' + a)));
        t_.alphabet = language::Alphabet(names);
        for (std::size_t a = 0; a < symbols; ++a) {
            t_.embedding.emplace_back(most);
            t_.embedding[a][a] = 1;
            finite_.push_back(a);
        }
        t_.begin = "^";
        t_.begin_embedding.resize(most);
        t_.begin_embedding[begin_] = 1;
        for (std::size_t c = 0; c < most; ++c)
            t_.position.push_back(c == share_ ? exact::Expression::parse("1/i", "in", false, "test")
                                              : exact::Expression(Rational(0)));
        counted_.push_back(share_);
    }

    network::Transformer model() {
        const std::size_t layers = 3 + random_.below(4);
        for (std::size_t l = 0; l < layers; ++l) {
            network::Layer& layer = t_.layers.emplace_back();
            if (random_.chance(3, 4)) attend(layer);
            if (random_.chance(1, 2)) rectify(layer);
        }
        t_.readout.reading = network::Readout::Reading::one;
        t_.readout.position = -1;
        t_.readout.weight = some_of(finite_, 1);
        exact::add_to(t_.readout.weight, some_of(counted_, 1));
        t_.readout.bias = small();
        return std::move(t_);
    }

  private:
    static constexpr std::size_t most = 24;

    Rational small() {
        return Rational(static_cast<long>(random_.below(5)) - 2) / Rational(random_.chance(1, 4) ? 2 : 1);
    }
    /// A row with small weights at some of these coordinates.
    exact::Vector some_of(const std::vector<std::size_t>& coordinates, std::size_t least) {
        exact::Vector row(most);
        for (std::size_t k = 0; k < least + random_.below(3); ++k)
            row[coordinates[random_.below(coordinates.size())]] = small();
        return row;
    }
    static exact::AffineMap map(const exact::Vector& row, const Rational& bias = 0) {
        exact::AffineMap result;
        result.weight.columns = most;
        auto& entries = result.weight.rows.emplace_back();
        for (std::uint32_t c = 0; c < most; ++c)
            if (row[c] != 0) entries.emplace_back(c, row[c]);
        if (bias != 0) result.bias = {bias};
        return result;
    }
    exact::AffineMap to(std::size_t coordinate) {
        exact::AffineMap result;
        result.weight.columns = 1;
        result.weight.rows.resize(most);
        result.weight.rows[coordinate].emplace_back(0, Rational(1));
        return result;
    }
    exact::Vector unit(std::size_t coordinate) const {
        exact::Vector row(most);
        row[coordinate] = 1;
        return row;
    }

    void attend(network::Layer& layer) {
        network::Attention& a = layer.attention.emplace();
        a.kind = network::AttentionKind::average;
        a.mask = network::Mask::causal;
        if (random_.chance(1, 3)) a.scale = exact::Expression(Rational(1, 2));
        std::vector<std::size_t> finite, counted;
        for (std::size_t h = 0; h < 1 + random_.below(2) && used_ < most; ++h) {
            network::Head& head = a.heads.emplace_back();
            const std::size_t at = used_++;
            head.output = to(at);
            if (random_.chance(1, 2)) {
                head.value = map(some_of(finite_, 1), small());
                counted.push_back(at);
                continue;
            }
            exact::Vector query = some_of(counted_, 1);
            if (random_.chance(1, 4)) exact::add_to(query, some_of(finite_, 1));
            const bool untied = random_.chance(2, 3);
            if (untied) {  // even numbers of counts, and an odd one of 1/p
                for (Rational& x : query) x *= 4;
                query[share_] = 1;
            }
            head.query = map(query, untied ? Rational(0) : small());
            head.key = map(unit(begin_), small());
            head.value = map(unit(begin_), small());
            (untied ? finite : counted).push_back(at);
        }
        finite_.insert(finite_.end(), finite.begin(), finite.end());
        counted_.insert(counted_.end(), counted.begin(), counted.end());
    }

    void rectify(network::Layer& layer) {
        if (used_ == most) return;
        const std::size_t at = used_++;
        exact::Vector row = some_of(finite_, 1);
        const bool counts = random_.chance(1, 2);
        if (counts) exact::add_to(row, some_of(counted_, 1));
        layer.feedforward.emplace().maps = {map(row, small()), to(at)};
        (counts ? counted_ : finite_).push_back(at);
    }

    base::Random& random_;
    network::Transformer t_;
    std::size_t begin_, share_, used_;
    std::vector<std::size_t> finite_, counted_;  ///< coordinates that are told by symbols and Booleans, and others
};

struct Seen {
    std::size_t accepted = 0, words = 0;
};

/// The program against the model on all words up to this length.
void agree(const network::Transformer& t, const std::string& text, std::size_t longest, Seen& seen) {
    checker::Budget budget = tests::large_budget();
    const checker::CountingProgram program = checker::read_counting_program(text, "program.crasp", budget);
    for (std::size_t n = 1; n <= longest; ++n) {
        language::Word word(n, 0);
        do {
            const bool expected = network::evaluate(t, word).accepts;
            if (checker::accepts(program, {word.begin(), word.end()}, budget) != expected) {
                CAPTURE(t.alphabet.spell(word), expected);
                CHECK(false);
            }
            seen.accepted += expected ? 1 : 0;
            ++seen.words;
        } while (language::next_word(word, t.alphabet));
    }
}

}  // namespace

TEST_CASE("Counting comparisons: a program says what the model says, and the checker writes the same", "[counting]") {
    const std::uint64_t seed = tests::seed();
    std::size_t asked = 0, with_booleans = 0, with_units = 0, with_choices = 0, with_ties = 0;
    Seen seen;
    for (std::uint64_t k = 0; k < tests::trials(300); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 93000 + k);
        const network::Transformer t = RandomComparing(random, k % 4 == 3 ? 3 : 2).model();
        const counting::Comparisons said = counting::text_of_comparisons(t);
        if (!said.text) {  // a Boolean that has a tie after all, say
            CHECK(!said.why_not.empty());
            CHECK_THROWS_AS(text_by_checker(t), checker::Defect);
            continue;
        }
        ++asked;
        CAPTURE(*said.text);
        CHECK(text_by_checker(t) == *said.text);
        with_booleans += said.text->find("\nc") != std::string::npos ? 1 : 0;
        with_units += said.text->find("max(") != std::string::npos ? 1 : 0;
        with_choices += said.text->find("? ") != std::string::npos ? 1 : 0;
        with_ties += said.text->find("? 1 : 0)") != std::string::npos ? 1 : 0;
        agree(t, *said.text, k % 4 == 3 ? 4 : 6, seen);
    }
    CHECK(asked > 150);
    CHECK(with_booleans > 10);
    CHECK(with_units > 20);
    CHECK(with_choices > 10);
    CHECK(with_ties > 10);
    CHECK(seen.accepted > seen.words / 10);
    CHECK(seen.accepted < seen.words - seen.words / 10);
}

TEST_CASE("Counting comparisons: networks of C-RASP programs come back", "[counting]") {
    Seen seen;
    for (const char* const text :
         {"alphabet 0 1\na = #[Q(1)]\nout = 2 * a > #[true] + 1\n",
          "alphabet \"(\" \")\"\nv = #[#[Q(\"(\")] < #[Q(\")\")]]\nout = v = 0 & #[Q(\"(\")] = #[Q(\")\")]\n",
          "alphabet a b\nl = #[Q(a) & #[Q(b)] >= 1]\nout = l = 0 & #[Q(a)] = #[Q(b)]\n",
          "alphabet a b\nm = min(#[Q(a)], #[Q(b)])\nout = (Q(a) ? m : 2) < #[m = 1 | Q(b)]\n"}) {
        CAPTURE(text);
        const network::Transformer t = programs::crasp::compile(programs::crasp::parse(text, "test"));
        const counting::Comparisons said = counting::text_of_comparisons(t);
        CAPTURE(said.why_not);
        REQUIRE(said.text);
        CHECK_FALSE(said.has_empty_word);
        CHECK(text_by_checker(t) == *said.text);
        agree(t, *said.text, 7, seen);
    }
}

TEST_CASE("Counting comparisons: what neither counts nor compares is told, and refused by the checker", "[counting]") {
    const auto refused = [](const network::Transformer& t, const std::string& why) {
        const counting::Comparisons said = counting::text_of_comparisons(t);
        CHECK(!said.text);
        INFO(said.why_not);
        CHECK(said.why_not.find(why) != std::string::npos);
        const checker::Model model = tests::read_by_checker(t);
        checker::Budget budget = tests::large_budget();
        if (checker::may_compare(model)) CHECK_THROWS_AS(checker::comparing_text(model, budget), checker::Defect);
    };
    const char* const brackets = "alphabet \"(\" \")\"\nv = #[#[Q(\"(\")] < #[Q(\")\")]]\nout = v = 0\n";
    const network::Transformer good = programs::crasp::compile(programs::crasp::parse(brackets, "test"));
    REQUIRE(counting::text_of_comparisons(good).text);
    base::Limits ended;
    ended.deadline = std::chrono::steady_clock::now();
    const counting::Comparisons stopped = counting::text_of_comparisons(good, ended);
    CHECK(!stopped.text);
    CHECK(stopped.why_not == "stopped by a limit (deadline)");
    const auto attending = [](network::Transformer& t, std::size_t k) -> network::Attention& {
        for (network::Layer& layer : t.layers)
            if (layer.attention && k-- == 0) return *layer.attention;
        throw std::logic_error("no such layer");
    };
    network::Transformer t = good;
    attending(t, 0).mask = network::Mask::strict;
    refused(t, "not causal");
    t = good;
    attending(t, 0).kind = network::AttentionKind::hard;
    refused(t, "hard attention");
    t = good;
    t.position[0] = exact::Expression::parse("1/n", "in", false, "test");
    refused(t, "position[0] is neither a number nor 1/i");
    t = good;
    t.layers.push_back({attending(t, 0), {}, {}});
    t.layers.back().attention->heads[0].value = attending(t, 1).heads[0].query.value();
    t.layers.back().attention->heads[0].output = attending(t, 1).heads[0].output;
    refused(t, "averages averages");
    refused(programs::zoo_model("average-parity"), "the readout is not one number at the last position");
    refused(programs::zoo_model("average-dyck-1"), "no begin symbol");
}
