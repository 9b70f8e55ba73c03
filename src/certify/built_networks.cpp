#include "certify/built_networks.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "attest/base/error.hpp"
#include "base/text.hpp"
#include "certify/outside.hpp"

namespace attest::certify {

namespace {

using build::Construction;
using classify::Class;

/// What shows that a language is in a class of transformers. The cascade knows positions modulo a number only where the language is
/// not star-free.
constexpr std::array<std::pair<Class, Construction>, 6> shown_by{{{Class::j1, Construction::sets},
                                                                  {Class::r_trivial, Construction::exits},
                                                                  {Class::l_trivial, Construction::mirrored_exits},
                                                                  {Class::star_free, Construction::cascade},
                                                                  {Class::ac0, Construction::cascade},
                                                                  {Class::non_strict, Construction::causal_cascade}}};

void build_and_prove(BuiltNetwork& network, const language::Language& language, const base::Limits& limits,
                     Archive& archive, std::vector<std::string>& parts) {
    const std::string name = base::printable(language.name());
    try {
        network.built = build::build_network(minimal_automaton(language), name, network.construction, limits);
        const std::string bytes = formats::write_model(network.built->transformer);
        const formats::ModelFile file{formats::parse_model(bytes, name), bytes, "", ""};
        parts.push_back(fmt::format("network-{}", to_string(network.construction)));
        network.proved = recognise_at_every_length({file, language, {}}, 0, limits, archive, {},
                                                   induction::Way::automatic, nullptr, parts.back());
    } catch (const base::Unsupported& e) {
        network.built.reset();
        network.why = e.what();
        return;
    }
    if (const decide::Counterexample* wrong = network.proved->outcome.counterexample())
        throw base::InternalError(fmt::format("the network that was built for {} ({}) is wrong on \"{}\"",
                                              language.name(), to_string(network.construction),
                                              language.alphabet().spell(wrong->word)));
}

}  // namespace

std::vector<std::string> build_options(Construction construction) {
    switch (construction) {
        case Construction::sets: return {"--kind", "uhat", "--mask", "none"};
        case Construction::exits: return {"--kind", "uhat", "--tie", "left"};
        case Construction::mirrored_exits: return {"--kind", "uhat", "--mask", "strict-future"};
        case Construction::causal_cascade: return {"--kind", "uhat", "--mask", "causal"};
        case Construction::cascade: break;
    }
    return {"--kind", "uhat", "--tie", "right"};
}

std::vector<BuiltNetwork> build_networks(const language::Language& language, const classify::ClassVector& in,
                                         const base::Limits& limits, Archive& archive,
                                         std::vector<std::string>& parts) {
    std::vector<BuiltNetwork> networks;
    for (const auto& [id, construction] : shown_by) {
        if (!in[id]) continue;
        if (!networks.empty() && networks.back().construction == construction) networks.back().shows.push_back(id);
        else networks.push_back({construction, {id}, {}, "", {}});
    }
    for (BuiltNetwork& network : networks) build_and_prove(network, language, limits, archive, parts);
    return networks;
}

}  // namespace attest::certify
