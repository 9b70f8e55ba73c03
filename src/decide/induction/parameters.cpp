#include "parameters.hpp"

#include <algorithm>
#include <numeric>

namespace attest::induction {

namespace {

using exact::Expression;
using exact::Operation;

/// How much a machine may have to tell apart: upper bounds from the constants that stand in the model's expressions.
struct Bounds {
    std::int64_t first = 0, period = 1, window = 0;
};

constexpr std::int64_t most_first = 8, most_window = 8, most_period = 720;
/// Where what is near, or what is first, outdoes content that differs, further than constants say. The last two are for heads that
/// forget what is beyond them.
constexpr std::int64_t further[] = {1, 2, 3, 4, 5, 6, 7, 8, 12, 16};

void look_at(const Expression& e, bool is_bias, Bounds& bounds) {
    const bool pairs =
        is_bias && e.uses(Operation::variable_j) && (e.uses(Operation::variable_i) || e.uses(Operation::variable_n));
    for (const Expression::Step& step : e.steps()) {
        if (step.operation == Operation::constant && abs(step.constant) <= most_first) {
            const mpz_class whole = abs(step.constant.get_num()) / step.constant.get_den() + 1;
            if (step.constant != 0) bounds.first = std::max(bounds.first, static_cast<std::int64_t>(whole.get_si()));
            if (pairs) bounds.window = std::max(bounds.window, static_cast<std::int64_t>(whole.get_si()));
        }
        std::int64_t factor = step.operation == Operation::power ? 2 : 1;
        if (step.operation == Operation::mod) {
            const Expression::Step& modulus = e.steps()[step.right];
            if (modulus.operation == Operation::constant && modulus.constant.get_den() == 1 && modulus.constant > 0 &&
                modulus.constant <= most_period)
                factor = modulus.constant.get_num().get_si();
        }
        if (std::lcm(bounds.period, factor) <= most_period) bounds.period = std::lcm(bounds.period, factor);
    }
}

Bounds bounds_of(const network::Transformer& model) {
    Bounds bounds;
    for (const Expression& e : model.position) look_at(e, false, bounds);
    for (const network::Layer& layer : model.layers)
        if (layer.attention)
            for (const network::Head& head : layer.attention->heads) look_at(head.bias, true, bounds);
    bounds.first = std::min(bounds.first, most_first);
    bounds.window = std::min(bounds.window, most_window);
    return bounds;
}

/// Whether some head's score has a content, and beside it the key's position: by its bias, or as a coordinate that is carried along. A bias
/// with n is rather about where in the sequence a position is, and then a large window is long tried in vain.
bool weighs_content_against_place(const network::Transformer& model) {
    const bool carries = std::any_of(model.position.begin(), model.position.end(),
                                     [](const Expression& e) { return e.uses(Operation::variable_i); });
    for (const network::Layer& layer : model.layers)
        if (layer.attention)
            for (const network::Head& head : layer.attention->heads)
                if (head.query &&
                    (carries || (head.bias.uses(Operation::variable_j) && !head.bias.uses(Operation::variable_n))))
                    return true;
    return false;
}

}  // namespace

std::vector<Parameters> parameters_of(const network::Transformer& model) {
    const Bounds bounds = bounds_of(model);
    std::vector<Parameters> all;
    for (std::int64_t first = 0; first <= bounds.first; ++first)
        for (std::int64_t window = 0; window <= bounds.window; ++window) all.push_back({first, bounds.period, window});
    if (weighs_content_against_place(model))
        for (const std::int64_t distance : further) {
            for (std::int64_t first = 0; first <= bounds.first; ++first)
                if (distance > bounds.window) all.push_back({first, bounds.period, distance});
            if (distance > bounds.first) all.push_back({distance, bounds.period, 0});
        }
    std::stable_sort(all.begin(), all.end(),
                     [](const Parameters& a, const Parameters& b) { return a.first + a.window < b.first + b.window; });
    return all;
}

}  // namespace attest::induction
