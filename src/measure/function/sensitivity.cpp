#include "attest/measure/function/sensitivity.hpp"

#include <algorithm>
#include <mutex>

#include "base/parallel.hpp"
#include "sensitivity_kernel.hpp"

// The inputs on which a position is sensitive are f XOR f with the two halves of that position exchanged: a
// shift within a word for the last six positions, another word for the rest. Sixty-four such bits of each
// position go into a counter of five bit planes, so that a word's inputs are counted at once. The extremum is
// looked for only in words that hold something greater than what is known.

namespace attest::measure {

Extremum Sensitivity::greatest() const {
    if (!most[1]) return most[0].value_or(Extremum{});
    if (!most[0] || most[0]->value < most[1]->value) return *most[1];
    if (most[0]->value > most[1]->value) return *most[0];
    return most[0]->input < most[1]->input ? *most[0] : *most[1];
}

namespace {

void merge(Sensitivity& into, const Sensitivity& part) {
    for (std::size_t v = 0; v < 2; ++v) {
        auto& a = into.most[v];
        const auto& b = part.most[v];
        if (b && (!a || b->value > a->value || (b->value == a->value && b->input < a->input))) a = b;
    }
    for (std::size_t i = 0; i < into.boundary.size(); ++i) into.boundary[i] += part.boundary[i];
    for (std::size_t k = 0; k < into.profile.size(); ++k) into.profile[k] += part.profile[k];
}

}  // namespace

Sensitivity sensitivity(const TruthTable& f, const SensitivityOptions& options) {
    const unsigned n = f.variables();
    Sensitivity result;
    result.boundary.assign(n, 0);
    if (options.profile) result.profile.assign(n + 1, 0);
    std::mutex mutex;
    constexpr std::size_t chunk_words = 1 << 14;
    base::in_chunks(options.threads, f.words().size(), chunk_words, [&](const base::Chunks& next) {
        Sensitivity mine = result;
        for (auto& boundary : mine.boundary) boundary = 0;
        for (auto& count : mine.profile) count = 0;
        mine.most = {};
        while (const auto chunk = next()) count_sensitive(f, chunk->first, chunk->last, mine);
        const std::lock_guard lock(mutex);
        merge(result, mine);
    });
    return result;
}

}  // namespace attest::measure
