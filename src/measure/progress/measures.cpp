#include "measure/progress/measures.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

// The logits are a function of (a, b) with values in ℝ^p. Of its p² directions those of the key frequencies are the unit vectors
// (√2/p) cos(2πk(a+b)/p) and (√2/p) sin(2πk(a+b)/p), which depend on a + b alone: so projections are taken of the sums over all
// inputs with the same a + b, a matrix of p × p. T is what lies in the key directions; "restricted" keeps T and the mean
// of the rest, "excluded" takes T away.

namespace attest::progress {

namespace {

double log_sum_exp(const double* x, std::size_t count) {
    const double greatest = *std::max_element(x, x + count);
    double sum = 0;
    for (std::size_t c = 0; c < count; ++c) sum += std::exp(x[c] - greatest);
    return greatest + std::log(sum);
}

/// Cross-entropy of one input. Small losses are log1p of what the other classes have, which keeps their digits.
double loss_of(const double* logits, std::size_t classes, std::size_t right) {
    double others = 0, greatest = -HUGE_VAL;
    for (std::size_t c = 0; c < classes; ++c)
        if (c != right) greatest = std::max(greatest, logits[c]);
    if (greatest > logits[right]) return log_sum_exp(logits, classes) - logits[right];
    for (std::size_t c = 0; c < classes; ++c)
        if (c != right) others += std::exp(logits[c] - logits[right]);
    return std::log1p(others);
}

/// Sums and means over inputs, apart by whether they train.
struct Losses {
    double train = 0, test = 0;
    std::size_t train_count = 0, test_count = 0;

    void add(double loss, bool trains) {
        (trains ? train : test) += loss;
        ++(trains ? train_count : test_count);
    }
    double train_mean() const { return train / static_cast<double>(train_count); }
    double test_mean() const { return test / static_cast<double>(test_count); }
    double mean() const { return (train + test) / static_cast<double>(train_count + test_count); }
};

/// What depends on a + b in the direction of one frequency: row s, column c.
Dense projection(const Dense& by_sum, std::size_t modulus, std::size_t frequency) {
    const auto p = static_cast<double>(modulus);
    std::vector<double> cosine(modulus), sine(modulus);
    for (std::size_t s = 0; s < modulus; ++s) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(frequency * s % modulus) / p;
        cosine[s] = std::cos(angle) * std::numbers::sqrt2 / p, sine[s] = std::sin(angle) * std::numbers::sqrt2 / p;
    }
    Dense result(modulus, modulus);
    std::vector<double> along_cosine(modulus, 0), along_sine(modulus, 0);
    for (std::size_t s = 0; s < modulus; ++s)
        for (std::size_t c = 0; c < modulus; ++c)
            along_cosine[c] += by_sum.at(s, c) * cosine[s], along_sine[c] += by_sum.at(s, c) * sine[s];
    for (std::size_t s = 0; s < modulus; ++s)
        for (std::size_t c = 0; c < modulus; ++c)
            result.at(s, c) = along_cosine[c] * cosine[s] + along_sine[c] * sine[s];
    return result;
}

Dense sums_by_sum(const Dense& logits, std::size_t modulus) {
    Dense sums(modulus, modulus);
    for (std::size_t input = 0; input < logits.rows; ++input) {
        const std::size_t s = (input / modulus + input % modulus) % modulus;
        for (std::size_t c = 0; c < modulus; ++c) sums.at(s, c) += logits.at(input, c);
    }
    return sums;
}

std::vector<double> column_means(const Dense& matrix) {
    std::vector<double> means(matrix.columns, 0);
    for (std::size_t r = 0; r < matrix.rows; ++r)
        for (std::size_t c = 0; c < matrix.columns; ++c) means[c] += matrix.at(r, c);
    for (double& mean : means) mean /= static_cast<double>(matrix.rows);
    return means;
}

double variance(const Dense& matrix) {
    const std::vector<double> means = column_means(matrix);
    double sum = 0;
    for (std::size_t r = 0; r < matrix.rows; ++r)
        for (std::size_t c = 0; c < matrix.columns; ++c)
            sum += (matrix.at(r, c) - means[c]) * (matrix.at(r, c) - means[c]);
    return sum;
}

/// Of a projection, over all inputs: each a + b has p of them.
double energy(const Dense& projected) {
    double sum = 0;
    for (const double x : projected.entries) sum += x * x;
    return sum * static_cast<double>(projected.rows);
}

void add(Dense& sum, const Dense& summand) {
    for (std::size_t k = 0; k < sum.entries.size(); ++k) sum.entries[k] += summand.entries[k];
}

/// Σ over frequencies of both components, without the constant.
std::vector<double> by_frequency(const std::vector<double>& norms) {
    std::vector<double> result;
    for (std::size_t k = 1; k + 1 < norms.size(); k += 2) result.push_back(std::hypot(norms[k], norms[k + 1]));
    return result;
}

/// Goes through all inputs with the logits that a rule makes of theirs and a row of T.
template <typename Rule>
Losses losses(const Dense& logits, std::size_t p, const Split& split, Rule rule) {
    Losses sums;
    std::vector<double> changed(p);
    for (std::size_t input = 0; input < logits.rows; ++input) {
        const std::size_t right = (input / p + input % p) % p;
        for (std::size_t c = 0; c < p; ++c) changed[c] = rule(input, right, c);
        sums.add(loss_of(changed.data(), p, right), split.trains(input));
    }
    return sums;
}

void count_right(const Dense& logits, std::size_t p, const Split& split, Measures& found) {
    found.margin = HUGE_VAL;
    for (std::size_t input = 0; input < logits.rows; ++input) {
        const std::size_t right = (input / p + input % p) % p;
        double other = -HUGE_VAL;
        for (std::size_t c = 0; c < p; ++c)
            if (c != right) other = std::max(other, logits.at(input, c));
        const double lead = logits.at(input, right) - other;
        if (lead > 0) ++found.right, found.test_right += split.trains(input) ? 0 : 1;
        if (lead < found.margin) found.margin = lead, found.margin_at = {input / p, input % p};
    }
}

void measure_losses(const Dense& logits, std::size_t p, const Split& split, const std::vector<std::size_t>& keys,
                    Measures& found) {
    const Dense sums = sums_by_sum(logits, p);
    const std::vector<double> means = column_means(logits);
    Dense kept(p, p);
    for (const std::size_t key : keys) {
        const Dense one = projection(sums, p, key);
        add(kept, one);
        found.excluded_each.push_back(losses(logits, p, split, [&](std::size_t input, std::size_t s, std::size_t c) {
                                          return logits.at(input, c) - one.at(s, c);
                                      }).train_mean());
    }
    const Losses plain =
        losses(logits, p, split, [&](std::size_t input, std::size_t, std::size_t c) { return logits.at(input, c); });
    // The mean of T is 0, so that of the rest is that of the logits.
    const Losses restricted =
        losses(logits, p, split, [&](std::size_t, std::size_t s, std::size_t c) { return kept.at(s, c) + means[c]; });
    const Losses excluded = losses(logits, p, split, [&](std::size_t input, std::size_t s, std::size_t c) {
        return logits.at(input, c) - kept.at(s, c);
    });
    found.train_loss = plain.train_mean(), found.test_loss = plain.test_mean();
    found.restricted_loss = restricted.mean(), found.restricted_test_loss = restricted.test_mean();
    found.excluded_loss = excluded.train_mean();
    found.key_share = energy(kept) / variance(logits);
}

}  // namespace

std::vector<std::size_t> key_frequencies(const Dense& logits, std::size_t modulus) {
    constexpr double least_share = 0.02;
    const Dense sums = sums_by_sum(logits, modulus);
    const double all = variance(logits);
    std::vector<std::size_t> keys;
    for (std::size_t k = 1; 2 * k < modulus; ++k)
        if (energy(projection(sums, modulus, k)) >= least_share * all) keys.push_back(k);
    return keys;
}

Measures measure(const AdditionNetwork& network, const Dense& logits, const Split& split,
                 const std::vector<std::size_t>& keys) {
    const std::size_t p = network.modulus();
    Measures found;
    count_right(logits, p, split, found);
    measure_losses(logits, p, split, keys, found);
    const std::vector<double> embedding = component_norms(network.embedding());
    const std::vector<double> neurons = component_norms(network.from_neurons());
    found.gini_embedding = gini(embedding), found.gini_neurons = gini(neurons);
    found.gini_embedding_frequencies = gini(by_frequency(embedding));
    found.gini_neurons_frequencies = gini(by_frequency(neurons));
    found.squared_norm = network.squared_norm();
    return found;
}

double gini(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const auto n = static_cast<double>(values.size());
    double total = 0, weighted = 0;
    for (std::size_t k = 0; k < values.size(); ++k) {
        total += values[k];
        weighted += values[k] * (n - static_cast<double>(k + 1) + 0.5);
    }
    return 1 - 2 * weighted / (n * total);
}

std::vector<double> component_norms(const Dense& values) {
    const std::size_t p = values.rows;
    const auto norm_along = [&](const std::vector<double>& direction) {
        double squares = 0;
        for (std::size_t k = 0; k < values.columns; ++k) {
            double sum = 0;
            for (std::size_t x = 0; x < p; ++x) sum += direction[x] * values.at(x, k);
            squares += sum * sum;
        }
        return std::sqrt(squares);
    };
    std::vector<double> norms = {norm_along(std::vector<double>(p, 1 / std::sqrt(static_cast<double>(p))))};
    const double scale = std::sqrt(2 / static_cast<double>(p));
    for (std::size_t k = 1; 2 * k < p; ++k) {
        std::vector<double> cosine(p), sine(p);
        for (std::size_t x = 0; x < p; ++x) {
            const double angle = 2 * std::numbers::pi * static_cast<double>(k * x % p) / static_cast<double>(p);
            cosine[x] = scale * std::cos(angle), sine[x] = scale * std::sin(angle);
        }
        norms.push_back(norm_along(cosine));
        norms.push_back(norm_along(sine));
    }
    return norms;
}

std::vector<Phase> phases(const std::vector<Measures>& checkpoints, std::size_t test_count) {
    const auto phase_of = [&](const Measures& m) -> const char* {
        if (m.train_loss > 10 * checkpoints.back().train_loss) return "memorisation";
        if (2 * m.test_right < test_count) return "circuit formation";
        return m.test_loss >= 1e-3 ? "cleanup" : "after";
    };
    std::vector<Phase> found;
    for (std::size_t k = 0; k < checkpoints.size(); ++k) {
        const std::string name = phase_of(checkpoints[k]);
        if (!found.empty() && found.back().name == name) continue;
        if (!found.empty()) found.back().last = k;
        found.push_back({name, k, checkpoints.size() - 1});
    }
    return found;
}

}  // namespace attest::progress
