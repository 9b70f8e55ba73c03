#pragma once

#include <catch2/catch.hpp>
#include <functional>

#include "attest/certify/ablation.hpp"
#include "attest/network/evaluate.hpp"
#include "random_model.hpp"
#include "seed.hpp"
#include "trials.hpp"

namespace ablated {

using namespace attest;
using ablate::Part;
using Parts = std::vector<Part>;
using language::Word;

inline formats::ModelFile file_of(const network::Transformer& t) { return {t, formats::write_model(t), {}, {}}; }

inline void for_all_words(const network::Transformer& t, std::int64_t length,
                          const std::function<void(const Word&)>& visit) {
    Word word(static_cast<std::size_t>(length), 0);
    do visit(word);
    while (language::next_word(word, t.alphabet));
}

/// A random exact model that has a sequence at the length, and none of its layers a repeat.
inline network::Transformer exact_model(base::Random& random, std::uint64_t number) {
    tests::RandomModelOptions options;
    options.layers = 1 + random.below(3);
    options.heads = 1 + random.below(2);
    if (number % 3 == 1) options.kind = network::AttentionKind::average;
    if (number % 3 == 2) options.kind = network::AttentionKind::sparsemax;
    return tests::random_model(random, options);
}

}  // namespace ablated
