#include "key_values.hpp"

namespace attest::influence {

namespace {

/// A map at all entries, and its linear part at their changes.
void apply_everywhere(const TwoRuns& runs, const IntervalMap& map, const Vectors& in, Box& out, Box& drift, Box& flip) {
    const std::size_t d = runs.dimension, rows = map.outputs();
    for (std::size_t k = 0; k < runs.classes; ++k) {
        map.apply_linear(&in.flip[k * d], &flip[k * rows]);
        for (std::size_t s = 0; s < runs.options(k); ++s) {
            const std::size_t e = runs.entry(k, s);
            map.apply_to(&in.before[e * d], &out[e * rows]);
            map.apply_linear(&in.drift[e * d], &drift[e * rows]);
        }
    }
}

}  // namespace

KeyValues::KeyValues(const TwoRuns& runs, const IntervalHead& head, const Vectors& in)
    : dk(head.key ? head.key->outputs() : 0),
      dv(head.value.outputs()),
      key(runs.classes * runs.symbols * dk),
      key_drift(key.size()),
      key_flip(runs.classes * dk),
      value(runs.classes * runs.symbols * dv),
      value_drift(value.size()),
      value_flip(runs.classes * dv) {
    if (head.key) apply_everywhere(runs, *head.key, in, key, key_drift, key_flip);
    apply_everywhere(runs, head.value, in, value, value_drift, value_flip);
}

}  // namespace attest::influence
