#include "attest/decide/recognise/prove.hpp"

#include <catch2/catch.hpp>

#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "random_model.hpp"
#include "seed.hpp"

namespace {

using namespace attest;

struct Case {
    network::Transformer model;
    language::Language language;
    std::vector<language::Symbol> meaning;

    Case(network::Transformer m, const std::string& name)
        : model(std::move(m)),
          language(language::Language::parse(name, model.alphabet)),
          meaning(relate(model.alphabet, language.alphabet(), {})) {}
    decide::Question at(std::int64_t length) const { return {model, language, meaning, length}; }
};

/// Does a counterexample show what it says, by the evaluator alone?
void is_genuine(const decide::Question& q, const decide::Counterexample& c) {
    CHECK(c.word.size() == static_cast<std::size_t>(q.length));
    CHECK(network::evaluate(q.model, c.word).accepts == c.actual);
    language::Word meant;
    for (const language::Symbol a : c.word) meant.push_back(q.meaning[a]);
    CHECK(q.language.contains(meant) == c.expected);
    CHECK(c.expected != c.actual);
}

/// Of an undecided outcome.
verdict::Reason reason(const decide::Outcome& outcome) {
    return outcome.undecided() != nullptr ? outcome.undecided()->reason : verdict::Reason::none;
}

}  // namespace

TEST_CASE("the three solvers and exhaustion agree on random models", "[query]") {
    const std::uint64_t seed = tests::seed();
    std::size_t held = 0, failed = 0;
    for (std::uint64_t k = 0; k < 150; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 1000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 5 == 0 ? 3 : 2;
        options.layers = random.below(3);
        const network::Transformer t = tests::random_model(random, options);
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(options.symbols == 3 ? 3 : 5));
        // A language that half of the time is the model's own.
        std::string table = "table:";
        if (options.symbols == 2) {
            language::Word word(static_cast<std::size_t>(length), 0);
            std::string bits;
            do bits += network::evaluate(t, word).accepts ? '1' : '0';
            while (language::next_word(word, t.alphabet));
            if (random.chance(1, 2)) {
                char& bit = bits[random.below(bits.size())];
                bit = bit == '1' ? '0' : '1';
            }
            bits.resize((bits.size() + 3) / 4 * 4, '0');
            for (std::size_t b = 0; b < bits.size(); b += 4)
                table += "0123456789abcdef"[std::stoi(bits.substr(b, 4), nullptr, 2)];
        }
        const Case c(t, options.symbols == 2 ? table : "palindrome");
        decide::ProveOptions exhaustion;
        exhaustion.method = decide::Method::exhaustion;
        const decide::Outcome truth = decide::prove(c.at(length), exhaustion, {});
        REQUIRE(truth.undecided() == nullptr);
        (truth.holds() ? held : failed) += 1;
        for (const auto back_end : {logic::BackEnd::cadical, logic::BackEnd::cryptominisat, logic::BackEnd::z3}) {
            decide::ProveOptions with;
            with.method = decide::Method::circuit;
            with.back_end = back_end;
            const decide::Outcome outcome = decide::prove(c.at(length), with, {});
            CHECK(outcome.result.index() == truth.result.index());
            if (outcome.fails()) is_genuine(c.at(length), *outcome.counterexample());
            if (outcome.holds()) CHECK(outcome.evidence() == verdict::Evidence::refutation);
        }
    }
    CHECK(held > 20);
    CHECK(failed > 20);
}

TEST_CASE("a planted violation on one word is found", "[query]") {
    // The table of PARITY_6 with one bit flipped, for each word in turn: nobody samples that one word by luck.
    const std::string parity = "6996966996696996";
    for (std::size_t digit = 0; digit < parity.size(); digit += 3) {
        std::string planted = parity;
        planted[digit] = planted[digit] == '6' ? '7' : '8';
        const Case c(programs::zoo_model("parity-tree-1-6"), "table:" + planted);
        const decide::Outcome outcome = decide::prove(c.at(6), {}, {});
        REQUIRE(outcome.fails());
        is_genuine(c.at(6), *outcome.counterexample());
    }
    const Case right(programs::zoo_model("parity-tree-1-6"), "table:" + parity);
    CHECK(decide::prove(right.at(6), {}, {}).holds());
}

TEST_CASE("limits end in undecided with their reason, never in a verdict", "[query]") {
    const Case c(programs::zoo_model("palindrome"), "palindrome");
    std::atomic<bool> stop{true};
    base::Limits interrupted;
    interrupted.interrupted = &stop;
    CHECK(reason(decide::prove(c.at(40), {}, interrupted)) == verdict::Reason::interrupted);
    base::Limits late;
    late.deadline = std::chrono::steady_clock::now();
    CHECK(reason(decide::prove(c.at(40), {}, late)) == verdict::Reason::deadline);
    base::Limits small;
    small.memory_bytes = 20000;
    CHECK(reason(decide::prove(c.at(400), {}, small)) == verdict::Reason::memory);
}

TEST_CASE("average attention is decided by exhaustion where words are few, and says so", "[query]") {
    const Case c(programs::zoo_model("average-majority"), "majority");
    const decide::Outcome outcome = decide::prove(c.at(7), {}, {});
    CHECK(outcome.evidence() == verdict::Evidence::exhaustion);
    CHECK(outcome.statistics.words == 128);
    decide::ProveOptions circuit;
    circuit.method = decide::Method::circuit;
    CHECK(decide::prove(c.at(7), circuit, {}).refutation() != nullptr);
}

TEST_CASE("a counterexample cannot be brought nearer to the base by one symbol", "[query]") {
    const Case c(programs::zoo_model("majority-attempt"), "majority");
    for (std::int64_t n = 4; n <= 9; ++n) {
        const decide::Outcome outcome = decide::prove(c.at(n), {}, {});
        if (!outcome.fails()) continue;
        const decide::Counterexample& found = *outcome.counterexample();
        is_genuine(c.at(n), found);
        for (std::size_t i = 0; i < found.word.size(); ++i) {
            if (found.word[i] == 0) continue;
            language::Word nearer = found.word;
            nearer[i] = 0;
            CHECK(network::evaluate(c.model, nearer).accepts == c.language.contains(nearer));
        }
    }
}

TEST_CASE("dropping values that never occur changes no verdict", "[query]") {
    // Values multiply here until most cannot occur together; the certificate path lists the dropped ones.
    const std::uint64_t seed = tests::seed();
    for (std::uint64_t k = 0; k < 40; ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 5000 + k);
        tests::RandomModelOptions options;
        options.layers = 3;
        options.heads = 3;
        options.dimension = 4;
        const Case c(tests::random_model(random, options), "majority");
        decide::ProveOptions circuit, exhaustion;
        circuit.method = decide::Method::circuit;
        exhaustion.method = decide::Method::exhaustion;
        const decide::Outcome a = decide::prove(c.at(5), circuit, {}), b = decide::prove(c.at(5), exhaustion, {});
        if (a.undecided() == nullptr) CHECK(a.result.index() == b.result.index());
    }
}
