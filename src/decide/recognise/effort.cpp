#include "effort.hpp"

#include <algorithm>

#include "attest/network/at_length.hpp"
#include "attest/network/evaluate.hpp"

// Both ways spend their time in rational arithmetic. The evaluator makes so many numbers for each word; the checker makes
// about as many again. A circuit is built from the values that positions can hold, each of which costs what a position costs
// the evaluator: where value sets stay small that is as much as some hundred words, whatever the length. To it comes what
// the solver and the proof take, for which a constant stands.

namespace attest::decide {

namespace {

constexpr double seconds_a_number = 6e-8;  // of at most 64 bits: made, used and thrown away (measured)
constexpr double solver_seconds = 2;
constexpr double words_a_circuit = 200;  // measured: 50 to 200

double numbers(const exact::AffineMap& map) {
    double count = static_cast<double>(map.outputs());
    for (const auto& row : map.weight.rows) count += static_cast<double>(row.size());
    return count;
}

/// Numbers that the evaluator makes for one word of n positions, none left out.
double numbers(const network::Transformer& t, double n) {
    const auto d = static_cast<double>(t.dimension);
    double count = n * d;
    for (const network::Layer& layer : t.layers) {
        if (layer.attention)
            for (const network::Head& head : layer.attention->heads) {
                for (const auto* map : {&head.query, &head.key})
                    if (*map) count += n * numbers(**map);
                count += n * (numbers(head.value) + numbers(head.output) + d) +
                         n * n * (2 + static_cast<double>(head.query_rows()));
            }
        if (layer.feedforward)
            for (const exact::AffineMap& map : layer.feedforward->maps) count += n * (numbers(map) + d);
    }
    return count;
}

/// Words of 64 bits that the greatest number of an evaluation takes; most take one.
double greatest_limbs(const network::Transformer& t, std::int64_t length) {
    network::Trace trace;
    network::Evaluator(t, length).evaluate(language::Word(static_cast<std::size_t>(length), 0), &trace);
    std::size_t bits = 1;
    for (const auto& boundary : trace.activations)
        for (const exact::Vector& y : boundary)
            for (const exact::Rational& x : y)
                bits = std::max({bits, mpz_sizeinbase(x.get_num_mpz_t(), 2), mpz_sizeinbase(x.get_den_mpz_t(), 2)});
    return static_cast<double>((bits + 63) / 64);
}

}  // namespace

Effort effort(const network::Transformer& transformer, std::int64_t length, std::uint64_t words) {
    const network::AtLength at(transformer, length);
    const double word = numbers(*at, static_cast<double>(transformer.sequence_length(length))) * seconds_a_number *
                        greatest_limbs(transformer, length);
    return {2 * word * static_cast<double>(words), solver_seconds + words_a_circuit * word};
}

}  // namespace attest::decide
