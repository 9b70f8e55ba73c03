#include "certify/straight.hpp"

#include <catch2/catch.hpp>

#include "../../benchmarks/brasp_families.hpp"
#include "attest/language/alphabet.hpp"
#include "brasp_reference.hpp"
#include "programs/brasp/columns.hpp"
#include "random_brasp.hpp"
#include "seed.hpp"
#include "trials.hpp"

// B-RASP programs at every length: what is said of all prefixes at once, the step and the checker's own, against the definition.

using namespace attest;

namespace {

/// All words of at most so many symbols.
std::vector<language::Word> words_up_to(std::size_t longest, const language::Alphabet& alphabet) {
    std::vector<language::Word> words;
    for (std::size_t n = 0; n <= longest; ++n) {
        language::Word word(n, 0);
        do words.push_back(word);
        while (language::next_word(word, alphabet));
    }
    return words;
}

std::vector<std::string> symbols_of(const language::Word& word, const language::Alphabet& alphabet) {
    std::vector<std::string> symbols;
    for (const language::Symbol a : word) symbols.push_back(alphabet.symbol(a));
    return symbols;
}

/// A line with so many symbols of one character, the first being U+0100.
std::string wide_alphabet(unsigned symbols) {
    std::string line = "alphabet";
    for (unsigned point = 0x100; point < 0x100 + symbols; ++point) {
        line += ' ';
        line += static_cast<char>(0xC0 | point >> 6);
        line += static_cast<char>(0x80 | (point & 63));
    }
    return line + "\n";
}

certify::StraightSubject subject_of(const std::string& text, const std::string& language) {
    programs::brasp::Program program = programs::brasp::parse(text, "test");
    const language::Alphabet alphabet(program.alphabet);
    return {"test", text, std::move(program), language::Language::parse(language, alphabet), {}};
}

}  // namespace

TEST_CASE("Programs at every length: all prefixes at once are what each of them is", "[certify]") {
    base::Random random(tests::seed() + 36);
    INFO("seed " << tests::seed() + 36);
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        const std::string text = tests::random_brasp(random);
        INFO(text);
        const programs::brasp::Program program = programs::brasp::parse(text, "test");
        const language::Alphabet alphabet(program.alphabet);
        tests::BraspReference reference(text);
        for (const std::size_t length : {7U, 90U}) {
            language::Word word;
            for (std::size_t i = 0; i < length; ++i)
                word.push_back(static_cast<language::Symbol>(random.below(alphabet.size())));
            const std::vector<bool> answers = programs::brasp::answers(program, word, {});
            REQUIRE(answers.size() == length + 1);
            for (std::size_t n = 0; n <= length; n += 1 + n / 9) {
                const language::Word prefix(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(n));
                CHECK(answers[n] == reference.accepts(symbols_of(prefix, alphabet)));
            }
        }
    }
}

TEST_CASE("Programs at every length: random ones, with certificates, against all short words", "[certify]") {
    base::Random random(tests::seed() + 37);
    INFO("seed " << tests::seed() + 37);
    std::size_t held = 0, failed = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        const std::string text = tests::random_brasp(random);
        const bool any = random.chance(1, 2);
        const std::string language = any ? "regex:(a|b|c)*" : random.chance(1, 2) ? "regex:(a|b|c)*a" : "contains:b";
        INFO(text << language);
        const certify::StraightSubject subject = subject_of(text, language);
        const std::int64_t from = random.chance(1, 2) ? 0 : 1;
        certify::Archive archive(std::nullopt);
        const certify::EveryLength result = certify::recognise_at_every_length(subject, from, {}, archive);
        REQUIRE_FALSE(result.verdict.is_undecided());
        tests::BraspReference reference(text);
        const language::Alphabet alphabet(subject.program.alphabet);
        std::optional<std::size_t> shortest;
        for (const language::Word& word : words_up_to(4, alphabet))
            if (!shortest && word.size() >= static_cast<std::size_t>(from) &&
                reference.accepts(symbols_of(word, alphabet)) != subject.language.contains(word))
                shortest = word.size();
        if (result.verdict.holds()) {
            ++held;
            CHECK_FALSE(shortest);
            continue;
        }
        ++failed;
        const decide::Counterexample& c = *result.outcome.counterexample();
        CHECK(reference.accepts(symbols_of(c.word, alphabet)) == c.actual);
        CHECK(subject.language.contains(c.word) == c.expected);
        CHECK(c.actual != c.expected);
        if (result.outcome.is_shortest && shortest) CHECK(c.word.size() == *shortest);
    }
    WARN(held << " verified, " << failed << " refuted");
    CHECK(failed > 5);
}

TEST_CASE("Programs at every length: one that is right, and a deep one", "[certify]") {
    certify::Archive archive(std::nullopt);
    const auto right =
        subject_of("alphabet a b\nx = symbol a\nseen = rightmost(x@j, true)\nout = x | seen\n", "contains:a");
    const certify::EveryLength closed = certify::recognise_at_every_length(right, 0, {}, archive);
    CHECK(closed.verdict.holds());
    REQUIRE(closed.outcome.closure() != nullptr);
    CHECK(closed.outcome.closure()->states == 2);
    // Of so many symbols there is no closure.
    const auto wide = subject_of(
        wide_alphabet(70) + "x = symbol \xC4\x80\nseen = leftmost(x@j, true)\nout = x | seen\n", "contains:\xC4\x80");
    const certify::EveryLength proved = certify::recognise_at_every_length(wide, 0, {}, archive);
    CHECK(proved.verdict.holds());
    CHECK(proved.outcome.invariant() != nullptr);
    std::string deep = "alphabet a b\nf0 = symbol a\n";
    for (int k = 1; k <= 300; ++k)
        deep += "f" + std::to_string(k) + " = rightmost(true, f" + std::to_string(k - 1) + "@j)\n";
    const certify::EveryLength refuted =
        certify::recognise_at_every_length(subject_of(deep, "regex:[^ab]"), 0, {}, archive);
    CHECK(refuted.verdict.fails());
    CHECK(refuted.outcome.counterexample()->word == language::Word(301, 0));
}

TEST_CASE("Programs at every length: the families of marks, proved and refuted", "[certify]") {
    const auto asked = [](const std::string& text, const std::string& language) {
        certify::Archive archive(std::nullopt);
        return certify::recognise_at_every_length(subject_of(text, language), 0, {}, archive);
    };
    const auto times = [](std::size_t k, const std::string& what) {
        std::string all;
        for (; k > 0; --k) all += what;
        return all;
    };
    for (const std::size_t k : {1U, 2U, 5U, 40U}) {
        INFO(k);
        CHECK(asked(benchmarks::marks(k), "regex:" + times(k, "a*m") + "(a|m)*").verdict.holds());
        // The first word that has one mark less than it seems to need.
        const certify::EveryLength fewer = asked(benchmarks::marks(k), "regex:" + times(k + 1, "a*m") + "(a|m)*");
        REQUIRE(fewer.verdict.fails());
        CHECK(fewer.outcome.counterexample()->word == language::Word(k, 1));
        // Some word is accepted.
        CHECK(asked(benchmarks::marks(k), "regex:[^am]").outcome.counterexample()->word == language::Word(k, 1));
    }
    const std::string any = "(a|b|m)*";
    const auto same = [&](const std::string& before, const std::string& before_mark) {
        return "regex:" + before + "(am(a|b)*a|bm(a|b)*b)|" + before_mark + "mm(a|b)*m";
    };
    CHECK(asked(benchmarks::marked_same(1), same(any, any)).verdict.holds());
    CHECK(asked(benchmarks::marked_same(2), same(any + "m(a|b)*", any)).verdict.holds());
    CHECK(asked(benchmarks::marked_same(3), same(any + "m(a|b)*m(a|b)*", any + "m(a|b)*")).verdict.holds());
    CHECK(asked(benchmarks::marked_same(2), same(any, any)).verdict.fails());
    CHECK(asked(benchmarks::marked_same(30), "regex:[^abm]").outcome.counterexample()->word == language::Word(31, 2));
}
