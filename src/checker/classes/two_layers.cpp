#include "checker/classes/two_layers.hpp"

#include "checker/classes/every_change.hpp"
#include "checker/kernel/defect.hpp"

namespace attest::checker {

std::size_t symbols_to_count(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const Claim& claim = manifest.claim;
    const NetworkClass& c = *claim.network_class;
    const std::string place = "manifest.json: claim";
    if (c.layers != 2 || !c.sees_positions)
        throw Defect(place + ".class", "the bound is about two layers that see positions");
    const std::size_t settled = c.heads + (c.reads_end ? 0 : 1);
    if (claim.length <= settled || claim.length > 1'000'000)
        throw Defect(place + ".length", "the bound is about more symbols than settle what is read, up to 1000000");
    if (!changes_with_every_symbol(question.language, claim.length, budget))
        throw Defect(place + ".language", "the bound is about two symbols, of which each change changes membership");
    return claim.length - settled;
}

}  // namespace attest::checker
