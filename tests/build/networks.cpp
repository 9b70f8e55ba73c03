#include <catch2/catch.hpp>
#include <map>

#include "../classify/subjects.hpp"
#include "attest/base/error.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "build/network.hpp"
#include "language/classify/census.hpp"

using namespace attest;
using classify::Class;

namespace {

/// On all words of up to so many symbols the network says what the automaton says.
void agree(const network::Transformer& network, const language::Dfa& automaton, std::size_t longest) {
    for (std::size_t n = 0; n <= longest; ++n) {
        language::Word word(n, 0);
        do {
            INFO(automaton.alphabet.spell(word));
            CHECK(network::evaluate(network, word).accepts == automaton.accepts(word));
        } while (language::next_word(word, automaton.alphabet));
    }
}

std::size_t layers_with_attention(const network::Transformer& network) {
    std::size_t layers = 0;
    for (const network::Layer& layer : network.layers) layers += layer.attention ? 1 : 0;
    return layers;
}

}  // namespace

TEST_CASE("Built networks: golden rows, their layers and widths") {
    struct Row {
        const char* language;
        std::uint64_t modulus;
        std::size_t layers, width;
    };
    const Row rows[] = {{"regex:.*a.*", 1, 1, 6},
                        {"regex:.*b", 1, 1, 6},
                        {"regex:b.*", 1, 2, 8},
                        {"regex:a*b*", 1, 3, 8},
                        {"regex:(ab)*", 1, 2, 8},
                        {"regex:(aa)*", 2, 0, 4},
                        {"regex:(abab)*", 4, 1, 18},
                        {"regex:.*ab.*", 1, 2, 11},
                        {"regex:.*a.*b.*", 1, 3, 11},
                        {"tomita:3", 2, 4, 22},
                        {"tomita:4", 1, 3, 10},
                        {"tomita:7", 1, 5, 12},
                        {"regex:(a(ab)*b)*", 1, 3, 10},
                        {"nested:3", 1, 4, 12},
                        {"nested:4", 1, 5, 14},
                        {"regex:(ab|aabb)*", 1, 4, 12},
                        {"regex:(ab|bbaa)*", 1, 6, 14},
                        {"regex:(ab|bba)*", 1, 6, 12},
                        {"regex:(ab|ba)*", 1, 3, 10},
                        {"regex:(abbc)*", 1, 3, 18},
                        {"regex:(a+b+)+", 1, 2, 11},
                        {"regex:aa*bb*cc*dd*ee*", 1, 6, 41},
                        {"regex:(a|b)*aa(a|b)*", 1, 2, 8},
                        {"regex:(aa|bb)*", 2, 2, 12},
                        {"regex:((a|b)(a|b))*", 2, 0, 5}};
    for (const tests::GoldenRow& golden : tests::golden_rows()) {
        INFO(golden.name);
        if (golden.classes[8] == '.') {
            CHECK_THROWS(build::build_network(golden.automaton, "network", {}));
            continue;
        }
        const build::Built built = build::build_network(golden.automaton, "network", build::Construction::cascade);
        agree(built.transformer, golden.automaton, golden.automaton.alphabet.size() > 2 ? 5 : 7);
        const auto* const row =
            std::find_if(std::begin(rows), std::end(rows), [&](const Row& r) { return r.language == golden.name; });
        REQUIRE(row != std::end(rows));
        CHECK(built.modulus == row->modulus);
        CHECK(layers_with_attention(built.transformer) == row->layers);
        CHECK(built.transformer.dimension <= row->width);
        for (const network::Layer& layer : built.transformer.layers)
            if (layer.attention) CHECK(layer.attention->heads.size() == 1);
    }
}

TEST_CASE("Built networks: by exits, as many layers as states can be left") {
    const std::pair<const char*, std::size_t> rows[] = {{"regex:.*a.*", 1}, {"regex:b.*", 1},
                                                        {"regex:a*b*", 2},  {"regex:.*a.*b.*", 2},
                                                        {"tomita:7", 4},    {"regex:aa*bb*cc*dd*ee*", 6}};
    for (const tests::GoldenRow& golden : tests::golden_rows()) {
        INFO(golden.name);
        if (golden.classes[0] == '.') {
            CHECK_THROWS(build::build_network(golden.automaton, "network", build::Construction::exits));
            continue;
        }
        const build::Built built = build::build_network(golden.automaton, "network", {});
        CHECK(built.construction == build::Construction::exits);
        agree(built.transformer, golden.automaton, golden.automaton.alphabet.size() > 2 ? 5 : 7);
        for (const auto& [name, layers] : rows)
            if (golden.name == name) CHECK(layers_with_attention(built.transformer) == layers);
    }
}

TEST_CASE("Built networks: exactly the quasi-aperiodic languages of up to three states have one") {
    constexpr std::pair<Class, build::Construction> constructions[] = {
        {Class::j1, build::Construction::sets},
        {Class::r_trivial, build::Construction::exits},
        {Class::l_trivial, build::Construction::mirrored_exits},
        {Class::non_strict, build::Construction::causal_cascade}};
    std::size_t built = 0;
    std::map<Class, std::size_t> others;
    for (std::size_t states = 1; states <= 3; ++states)
        classify::for_each_table(states, 2, [&](const classify::Table& table) {
            const auto minimal = classify::minimal_acceptance(table);
            if (minimal.empty()) return true;
            const classify::ClassVector in = classify::classify(table).in;
            for (const std::uint32_t accepting : minimal) {
                const language::Dfa automaton = classify::automaton_of(table, accepting);
                if (!in[Class::ac0]) {
                    CHECK_THROWS(build::build_network(automaton, "network", {}));
                    continue;
                }
                agree(build::build_network(automaton, "network", build::Construction::cascade).transformer, automaton,
                      5);
                for (const auto& [needed, construction] : constructions) {
                    if (!in[needed]) {
                        CHECK_THROWS_AS(build::build_network(automaton, "network", construction), base::Unsupported);
                        continue;
                    }
                    agree(build::build_network(automaton, "network", construction).transformer, automaton, 5);
                    ++others[needed];
                }
                ++built;
            }
            return true;
        });
    CHECK(built == 2 + 20 + 560);
    CHECK(others == std::map<Class, std::size_t>{{Class::j1, 2 + 6 + 4},
                                                 {Class::r_trivial, 2 + 6 + 60},
                                                 {Class::l_trivial, 2 + 10 + 104},
                                                 {Class::non_strict, 2 + 10 + 20}});
}

TEST_CASE("Built networks: a head for each kind of symbol, and no mask") {
    const language::Dfa automaton = tests::minimal_automaton("regex:(a|b|c|d)*a(a|b|c|d)*", "abcd");
    const build::Built built = build::build_network(automaton, "network", build::Construction::sets);
    REQUIRE(layers_with_attention(built.transformer) == 1);
    const network::Attention& attention = *built.transformer.layers.front().attention;
    CHECK(attention.heads.size() == 1);
    CHECK(attention.mask == network::Mask::none);
    CHECK(built.transformer.position.empty());
    agree(built.transformer, automaton, 4);
}

TEST_CASE("Built networks: masks that are not strict, of all languages of four states that have such") {
    std::size_t built = 0;
    classify::for_each_table(4, 2, [&](const classify::Table& table) {
        const auto minimal = classify::minimal_acceptance(table);
        if (minimal.empty() || !classify::classify(table).in[Class::non_strict]) return true;
        for (const std::uint32_t accepting : minimal) {
            const language::Dfa automaton = classify::automaton_of(table, accepting);
            agree(build::build_network(automaton, "network", build::Construction::causal_cascade).transformer,
                  automaton, 7);
            ++built;
        }
        return true;
    });
    CHECK(built == 80);
}

TEST_CASE("Built networks: proved at lengths, and read back as they were") {
    for (const char* text : {"nested:3", "tomita:3", "regex:(aa|bb)*", "regex:a*b*"}) {
        const auto language = language::Language::parse(text, std::nullopt);
        const auto& automaton = std::get<language::Regular>(language.form()).automaton;
        const build::Built built = build::build_network(automaton, "network", {});
        const network::Transformer again = formats::parse_model(formats::write_model(built.transformer), "network");
        CHECK(formats::write_model(again) == formats::write_model(built.transformer));
        for (const std::int64_t length : {0, 1, 2, 9, 16}) {
            INFO(text << " at " << length);
            const decide::Outcome outcome = decide::prove(
                {again, language, language::relate(again.alphabet, language.alphabet(), {}), length}, {}, {});
            CHECK(outcome.holds());
        }
    }
}

TEST_CASE("Built networks: brackets to depth k take k + 1 layers") {
    for (std::size_t k = 1; k <= 8; ++k) {
        const language::Dfa automaton = tests::minimal_automaton("nested:" + std::to_string(k));
        const build::Built built = build::build_network(automaton, "network", build::Construction::cascade);
        INFO(k);
        CHECK(layers_with_attention(built.transformer) == k + 1);
        CHECK(built.transformer.dimension <= 2 * k + 6);
    }
}
