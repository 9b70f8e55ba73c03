#include "attest/certify/accuracy.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "attest/base/error.hpp"
#include "attest/programs/zoo.hpp"
#include "random_model.hpp"
#include "random_program.hpp"
#include "seed.hpp"
#include "trials.hpp"

// The number of mistakes by list, by diagram and by all words against the definition; the checker counts again.

namespace {

using namespace attest;
using accuracy::By;
using accuracy::Method;
using certify::NetworkFile;
using language::Word;

NetworkFile file_of(const network::Transformer& t) { return formats::ModelFile{t, formats::write_model(t), {}, {}}; }

certify::Accuracy count(const NetworkFile& file, const std::string& text, std::int64_t length,
                        const accuracy::Options& options) {
    const language::Alphabet& alphabet = decide::alphabet_of(certify::network_of(file));
    const language::Language language = language::Language::parse(text, alphabet);
    certify::Archive archive;
    return certify::count_mistakes({file, language, {}}, length, options, {}, archive);
}

/// All mistakes, by the definition.
std::set<Word> mistakes(const network::Transformer& t, const std::string& text, std::int64_t length) {
    const language::Language language = language::Language::parse(text, t.alphabet);
    std::set<Word> wrong;
    Word word(static_cast<std::size_t>(length), 0);
    do
        if (network::evaluate(t, word).accepts != language.contains(word)) wrong.insert(word);
    while (language::next_word(word, t.alphabet));
    return wrong;
}

std::uint64_t with_number(const std::set<Word>& words, language::Symbol symbol, std::size_t number) {
    std::uint64_t count = 0;
    for (const Word& word : words)
        if (static_cast<std::size_t>(std::count(word.begin(), word.end(), symbol)) == number) ++count;
    return count;
}

std::size_t first_mending_position(const std::set<Word>& wrong, const Word& word, std::size_t symbols) {
    for (std::size_t i = 0; i < word.size(); ++i)
        for (language::Symbol a = 0; a < symbols; ++a) {
            Word other = word;
            other[i] = a;
            if (!wrong.contains(other)) return i;
        }
    return word.size();
}

void agrees(const certify::Accuracy& found, const std::set<Word>& wrong, std::size_t symbols, bool checked) {
    const accuracy::Outcome& o = found.outcome;
    INFO(to_string(o.by) << ": " << to_string(found.verdict.why().reason) << " " << found.verdict.why().detail);
    CHECK(o.is_exact());
    CHECK(o.least == mpz_class(static_cast<unsigned long>(wrong.size())));
    CHECK(found.verdict.holds() == checked);
    for (const accuracy::Mistake& m : o.where.first) CHECK(wrong.contains(m.word));
    // The first ones, in order.
    auto next = wrong.begin();
    for (const accuracy::Mistake& m : o.where.first)
        if (o.by != By::counts) CHECK(m.word == *next++);
    for (std::size_t s = 0; s < o.where.by_number.size(); ++s)
        for (std::size_t k = 0; k < o.where.by_number[s].size(); ++k)
            CHECK(o.where.by_number[s][k] ==
                  mpz_class(static_cast<unsigned long>(with_number(wrong, static_cast<language::Symbol>(s), k))));
    std::vector<mpz_class> by_position(o.where.by_position.size(), 0);
    if (by_position.empty()) return;
    for (const Word& word : wrong) ++by_position[first_mending_position(wrong, word, symbols)];
    CHECK(o.where.by_position == by_position);
}

/// The diagram is of these words, and of no others.
void check_members(const accuracy::WordDiagram& diagram, const std::set<Word>& words,
                   const language::Alphabet& alphabet) {
    Word word(diagram.order.size(), 0);
    do {
        std::size_t at = diagram.root;
        while (at > 1) {
            const accuracy::WordDiagram::Node& node = diagram.nodes[at - 2];
            at = node.children[word[static_cast<std::size_t>(diagram.order[node.level - 1] - 1)]];
        }
        CHECK((at == 1) == words.contains(word));
    } while (language::next_word(word, alphabet));
}

}  // namespace

TEST_CASE("mistakes of random models: list, diagram and all words against the definition", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t some = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 41000 + k);
        tests::RandomModelOptions model;
        model.symbols = k % 4 == 0 ? 3 : 2;
        model.layers = random.below(3);
        model.heads = 1 + random.below(2);
        const network::Transformer t = tests::random_model(random, model);
        const auto length = static_cast<std::int64_t>(random.below(6));
        if (t.sequence_length(length) == 0) continue;
        const std::string text = model.symbols == 3 ? "regex:.*c.*" : k % 3 == 0 ? "parity" : "contains:11";
        const std::set<Word> wrong = mistakes(t, text, length);
        some += wrong.empty() ? 0 : 1;
        const NetworkFile file = file_of(t);
        accuracy::Options options;
        options.method = Method::exhaustion;
        const certify::Accuracy by_words = count(file, text, length, options);
        CHECK(by_words.outcome.by == By::words);
        agrees(by_words, wrong, model.symbols, true);
        options.method = Method::circuit;
        const certify::Accuracy by_list = count(file, text, length, options);
        CHECK(by_list.outcome.by == By::list);
        agrees(by_list, wrong, model.symbols, true);
        options.most_listed = 0;
        const certify::Accuracy by_diagram = count(file, text, length, options);
        CHECK(by_diagram.outcome.by == (wrong.empty() ? By::list : By::diagram));
        agrees(by_diagram, wrong, model.symbols, true);
        if (by_diagram.outcome.diagram) check_members(*by_diagram.outcome.diagram, wrong, t.alphabet);
    }
    CHECK(some > 20);
}

TEST_CASE("mistakes of softmax models by counts, and by all words", "[certificate]") {
    const NetworkFile file = file_of(programs::zoo_model("uniform-majority"));
    accuracy::Options options;
    const certify::Accuracy by_counts = count(file, "parity", 10, options);
    CHECK(by_counts.outcome.by == By::counts);
    CHECK(by_counts.outcome.looked_at <= 22);
    CHECK(by_counts.verdict.holds());
    mpz_class expected = 0;  // majority of 10 against parity, by the number of ones
    for (unsigned long ones = 0; ones <= 10; ++ones) {
        mpz_class ways;
        mpz_bin_uiui(ways.get_mpz_t(), 10, ones);
        if ((2 * ones > 10) != (ones % 2 == 1)) expected += ways;
    }
    CHECK(by_counts.outcome.least == expected);
    // Membership in `first` is not by these counts.
    const certify::Accuracy by_words = count(file, "first", 6, options);
    CHECK(by_words.verdict.holds());
    CHECK(by_words.outcome.is_exact());
}

TEST_CASE("a sample gives an interval that holds the truth, and proves nothing", "[certificate]") {
    const NetworkFile file = file_of(programs::zoo_model("first"));
    accuracy::Options options;
    options.method = Method::sample;
    const certify::Accuracy sampled = count(file, "last", 12, options);
    CHECK_FALSE(sampled.outcome.is_exact());
    CHECK(sampled.verdict.is_undecided());
    const mpq_class half(1, 2);
    CHECK(sampled.outcome.interval->lower <= half);
    CHECK(half <= sampled.outcome.interval->upper);
    CHECK(sampled.outcome.interval->upper - sampled.outcome.interval->lower < mpq_class(1, 10));
}

TEST_CASE("mistakes of random programs by a diagram and by all words", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t both = 0;
    for (std::uint64_t k = 0; k < tests::trials(120); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 43000 + k);
        const std::string document = tests::random_program(random).dump();
        const std::int64_t length = 2 + static_cast<std::int64_t>(random.below(2));
        accuracy::Options options;
        try {
            const formats::ProgramFile program{formats::parse_program(document, "random"), document};
            const std::string text = "regex:.*" + program.program.alphabet.symbols().front() + ".";
            const NetworkFile file = program;
            options.method = Method::exhaustion;
            const certify::Accuracy by_words = count(file, text, length, options);
            options.method = Method::circuit;
            const certify::Accuracy by_diagram = count(file, text, length, options);
            CHECK(by_words.verdict.holds());
            CHECK(by_diagram.verdict.holds());
            CHECK(by_diagram.outcome.least == by_words.outcome.least);
            ++both;
        } catch (const base::InputError&) {   // no value on some word
        } catch (const base::UsageError&) {   // a symbol that regular expressions cannot name
        } catch (const base::Unsupported&) {  // no answer is accepted
        }
    }
    CHECK(both > 10);
}

TEST_CASE("long words are counted by list or by diagram", "[certificate]") {
    const certify::Accuracy none = count(file_of(programs::zoo_model("palindrome")), "palindrome", 32, {});
    CHECK(none.verdict.holds());
    CHECK(none.outcome.least == 0);
    const certify::Accuracy half = count(file_of(programs::zoo_model("first")), "last", 64, {});
    CHECK(half.outcome.by == By::diagram);
    CHECK(half.verdict.holds());
    CHECK(half.outcome.least * 2 == half.outcome.words);
}
