#include <algorithm>
#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/certify/equality.hpp"
#include "attest/soft/judge.hpp"
#include "random_model.hpp"
#include "random_program.hpp"
#include "seed.hpp"
#include "trials.hpp"

// Two networks that answer texts, on all words, against their definitions; what is verified or refuted, the checker has accepted.

namespace {

using namespace attest;
using certify::NetworkFile;
using Texts = std::vector<std::string>;

/// Three classes by small numbers, at each position or once.
network::Transformer with_classes(base::Random& random, network::Transformer t) {
    network::Classes classes;
    classes.names = {"x", "y", "z"};
    classes.logits.weight.columns = t.dimension;
    for (std::size_t c = 0; c < classes.names.size(); ++c) {
        classes.logits.weight.rows.emplace_back();
        for (std::uint32_t column = 0; column < t.dimension; ++column)
            if (random.chance(2, 3))
                classes.logits.weight.rows.back().emplace_back(column, static_cast<long>(random.below(5)) - 2);
        classes.logits.bias.emplace_back(static_cast<long>(random.below(3)) - 1, 3);
        classes.logits.bias.back().canonicalize();
    }
    if (random.chance(1, 3)) classes.accept = {true, false, false};
    t.readout = {};
    if (random.chance(1, 2) && classes.accept.empty()) t.readout.reading = network::Readout::Reading::each;
    t.readout.classes = std::move(classes);
    return t;
}

/// The same function up to ties: symbols and classes in the other order, logits twice as large.
network::Transformer disguised(network::Transformer t) {
    t.name = "disguised";
    t.alphabet = language::Alphabet(Texts(t.alphabet.symbols().rbegin(), t.alphabet.symbols().rend()));
    std::reverse(t.embedding.begin(), t.embedding.end());
    network::Classes& classes = *t.readout.classes;
    std::reverse(classes.names.begin(), classes.names.end());
    std::reverse(classes.accept.begin(), classes.accept.end());
    std::reverse(classes.logits.weight.rows.begin(), classes.logits.weight.rows.end());
    std::reverse(classes.logits.bias.begin(), classes.logits.bias.end());
    for (auto& row : classes.logits.weight.rows)
        for (auto& [column, weight] : row) weight *= 2;
    for (exact::Rational& x : classes.logits.bias) x *= 2;
    return t;
}

NetworkFile file_of(const network::Transformer& t) { return formats::ModelFile{t, formats::write_model(t), {}, {}}; }

/// By definition; nothing where it is not certain.
std::optional<Texts> answers(const network::Transformer& t, const Texts& symbols) {
    const language::Word word = t.alphabet.parse(symbols, "word");
    const auto length = static_cast<std::int64_t>(word.size());
    Texts texts;
    if (t.kind() != network::AttentionKind::softmax) {
        for (const std::size_t c : network::Evaluator(t, length).answer(word).classes)
            texts.push_back(t.readout.classes->names[c]);
        return texts;
    }
    for (const auto& c : soft::Judge(t, length).classify(word, {}).classes) {
        if (!c) return std::nullopt;
        texts.push_back(t.readout.classes->names[*c]);
    }
    return texts;
}

enum class Same { yes, no, open };

Same same_on_all_words(const network::Transformer& a, const network::Transformer& b, std::int64_t length) {
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        Texts symbols;
        for (const language::Symbol s : word) symbols.push_back(a.alphabet.symbol(s));
        const auto one = answers(a, symbols), two = answers(b, symbols);
        if (!one || !two) return Same::open;
        if (*one != *two) return Same::no;
    } while (language::next_word(word, a.alphabet));
    return Same::yes;
}

certify::Equality compare(const NetworkFile& a, const NetworkFile& b, std::int64_t length) {
    certify::Archive archive;
    return certify::compare({a, b, {}, {}, {}, equal::Compared::texts}, length, {}, {}, archive);
}

}  // namespace

TEST_CASE("two random models with classes give the same answers, or not, as their definitions do", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t yes = 0, no = 0, open = 0, soft = 0;
    for (std::uint64_t k = 0; k < tests::trials(90); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 52000 + k);
        tests::RandomModelOptions options;
        options.symbols = k % 4 == 0 ? 3 : 2;
        options.layers = 1 + random.below(2);
        const network::AttentionKind kinds[] = {network::AttentionKind::hard, network::AttentionKind::average,
                                                network::AttentionKind::softmax};
        options.kind = kinds[k % 3];
        const network::Transformer a = with_classes(random, tests::random_model(random, options));
        options.kind = kinds[random.below(3)];
        network::Transformer b = k % 2 == 0 ? disguised(a) : tests::random_model(random, options);
        if (k % 2 == 1) {
            const auto reading = a.readout.reading;
            b = with_classes(random, b);
            b.readout.reading = reading;
            b.readout.classes->accept.clear();
        }
        const auto length = 1 + static_cast<std::int64_t>(random.below(4));
        const Same same = same_on_all_words(a, b, length);
        const certify::Equality found = compare(file_of(a), file_of(b), length);
        INFO(found.verdict.why().detail);
        if (same == Same::open) {
            ++open;
            CHECK(found.verdict.is_undecided());
            continue;
        }
        CHECK(found.verdict.holds() == (same == Same::yes));
        CHECK(found.verdict.fails() == (same == Same::no));
        ++(same == Same::yes ? yes : no);
        soft += found.outcome.enclosure() != nullptr ? 1 : 0;
        if (const equal::Difference* d = found.outcome.difference()) {
            REQUIRE(d->texts);
            CHECK(d->texts->model[d->texts->position() - 1] != d->texts->other[d->texts->position() - 1]);
        }
    }
    CHECK(yes > 10);
    CHECK(no > 10);
    CHECK(soft > 5);
    CHECK(open < 20);
}

TEST_CASE("two random programs give the same answers, or not, as their definitions do", "[certificate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t yes = 0, no = 0;
    for (std::uint64_t k = 0; k < tests::trials(120); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 53000 + k);
        nlohmann::ordered_json one = tests::random_program(random);
        nlohmann::ordered_json two = one;
        if (k % 2 == 1) {
            two = tests::random_program(random);
            two["output"]["positions"] = one["output"]["positions"];
        }
        one["output"].erase("accept");
        const formats::ProgramFile a{formats::parse_program(one.dump(), "a.json"), one.dump()};
        const formats::ProgramFile b{formats::parse_program(two.dump(), "b.json"), two.dump()};
        const std::int64_t length = 2;
        if (!(a.program.alphabet.symbols() == b.program.alphabet.symbols())) continue;
        bool same = true;
        language::Word word(static_cast<std::size_t>(length), 0);
        try {
            do same = same && network::answers(a.program, word) == network::answers(b.program, word);
            while (language::next_word(word, a.program.alphabet));
        } catch (const base::InputError&) {
            continue;  // no value on some word, or not for the length
        }
        const certify::Equality found = compare(a, b, length);
        INFO(found.verdict.why().detail);
        CHECK(found.verdict.holds() == same);
        CHECK(found.verdict.fails() == !same);
        ++(same ? yes : no);
    }
    CHECK(yes > 5);
    CHECK(no > 5);
}

TEST_CASE("answers are compared of two that have some, at the same positions", "[certificate]") {
    base::Random random(1);
    network::Transformer each = with_classes(random, tests::random_model(random, {}));
    each.readout.classes->accept.clear();
    each.readout.reading = network::Readout::Reading::each;
    network::Transformer once = each, score = each;
    once.readout.reading = network::Readout().reading;
    score.readout = {};
    score.readout.weight.assign(score.dimension, 1);
    CHECK_THROWS_WITH(compare(file_of(each), file_of(once), 2),
                      Catch::Contains("answers at each position of the word"));
    CHECK_THROWS_WITH(compare(file_of(score), file_of(once), 2), Catch::Contains("it answers no texts"));
    CHECK_THROWS_AS(compare(file_of(each), file_of(each), 0), base::UsageError);
}
