#include "decide/ablate/robust.hpp"

#include <algorithm>
#include <cmath>

namespace attest::ablate {

std::optional<double> robust_radius(const network::Transformer& model, const exact::Rational& margin) {
    using Reading = network::Readout::Reading;
    if (model.readout.classes || model.final_norm || model.readout.reading != Reading::one) return std::nullopt;
    exact::Rational square = 0;
    for (const exact::Rational& w : model.readout.weight) square += w * w;
    if (square == 0) return std::nullopt;
    const double radius = std::sqrt(exact::Rational(margin * margin / square).get_d());
    return std::max(0.0, radius * (1 - 1e-12));
}

}  // namespace attest::ablate
