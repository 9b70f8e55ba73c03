#pragma once

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

/// Models of version 2 evaluated from their text by the definitions of MODEL.md, in doubles: an oracle that shares nothing
/// with the checker, for models whose numbers are JSON numbers and whose expressions are numbers.
namespace by_definition {

using nlohmann::json;
using Vector = std::vector<double>;

inline Vector numbers(const json& list) {
    Vector v;
    for (const json& number : list) v.push_back(number.get<double>());
    return v;
}

inline Vector image(const json& map, const Vector& x) {
    const json& weight = map.is_object() ? map["weight"] : map;
    Vector y;
    for (std::size_t r = 0; r < weight.size(); ++r) {
        y.push_back(map.is_object() && map.contains("bias") ? map["bias"][r].get<double>() : 0);
        for (std::size_t c = 0; c < x.size(); ++c) y.back() += weight[r][c].get<double>() * x[c];
    }
    return y;
}

inline Vector normed(const json& norm, Vector v) {
    const bool rms = norm.value("kind", "layer") == "rms";
    double mean = 0, square = 0;
    for (const double e : v) mean += e / static_cast<double>(v.size());
    for (double& e : v) e -= rms ? 0 : mean;
    for (const double e : v) square += e * e / static_cast<double>(v.size());
    for (std::size_t c = 0; c < v.size(); ++c)
        v[c] = v[c] / std::sqrt(square + norm["eps"].get<double>()) *
                   (norm.contains("gain") ? norm["gain"][c].get<double>() : 1) +
               (norm.contains("bias") ? norm["bias"][c].get<double>() : 0);
    return v;
}

inline double activated(const json& part, double x) {
    const std::string name = part.value("activation", "relu");
    if (name == "relu") return std::max(0.0, x);
    if (name == "leaky-relu") return x >= 0 ? x : part["slope"].get<double>() * x;
    if (name == "gelu") return x / 2 * (1 + std::erf(x / std::sqrt(2)));
    if (name == "gelu-tanh") return x / 2 * (1 + std::tanh(std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x)));
    if (name == "silu") return x / (1 + std::exp(-x));
    if (name == "tanh") return std::tanh(x);
    return 1 / (1 + std::exp(-x));
}

inline bool sees(const std::string& mask, std::size_t i, std::size_t j) {
    if (mask == "causal") return j <= i;
    if (mask == "strict") return j < i;
    if (mask == "future") return j >= i;
    return mask == "strict-future" ? j > i : true;
}

/// The number τ for which Σ max(0, s - τ) = 1, by bisection.
inline double threshold(const Vector& scores) {
    double high = *std::max_element(scores.begin(), scores.end()), low = high - 1;
    for (int k = 0; k < 200; ++k) {
        double sum = 0;
        const double middle = (low + high) / 2;
        for (const double s : scores) sum += std::max(0.0, s - middle);
        (sum > 1 ? low : high) = middle;
    }
    return low;
}

inline Vector weights(const std::string& kind, const std::string& tie, const Vector& scores) {
    Vector w(scores.size());
    const double greatest = *std::max_element(scores.begin(), scores.end());
    const auto best = [&](double s) { return s == greatest; };
    if (kind == "softmax") {
        double sum = 0;
        for (std::size_t k = 0; k < w.size(); ++k) sum += w[k] = std::exp(scores[k] - greatest);
        for (double& weight : w) weight /= sum;
    } else if (kind == "sparsemax") {
        for (std::size_t k = 0; k < w.size(); ++k) w[k] = std::max(0.0, scores[k] - threshold(scores));
    } else if (kind == "average") {
        const auto count = static_cast<double>(std::count_if(scores.begin(), scores.end(), best));
        for (std::size_t k = 0; k < w.size(); ++k) w[k] = best(scores[k]) ? 1 / count : 0;
    } else if (tie == "left") {
        w[static_cast<std::size_t>(std::find_if(scores.begin(), scores.end(), best) - scores.begin())] = 1;
    } else {
        w[static_cast<std::size_t>(std::find_if(scores.rbegin(), scores.rend(), best).base() - scores.begin()) - 1] = 1;
    }
    return w;
}

class Evaluation {
  public:
    Evaluation(const json& model, const std::vector<std::size_t>& word) : model_(model) {
        std::vector<std::string> sequence;
        if (model.contains("begin")) sequence.push_back(model["begin"]);
        for (const std::size_t a : word) sequence.push_back(model["alphabet"][a]);
        if (model.contains("end")) sequence.push_back(model["end"]);
        for (std::size_t p = 0; p < sequence.size(); ++p) y_.push_back(embedded(sequence[p], p + 1));
        for (const json& layer : model["layers"])
            for (int k = 0; k < layer.value("repeat", 1); ++k) {
                if (layer.contains("attention")) attend(layer["attention"]);
                if (layer.contains("feedforward")) feed(layer["feedforward"]);
            }
    }

    /// One number a row of the readout's weight.
    Vector logits() const {
        const json& readout = model_["readout"];
        const json weight = readout.contains("classes") ? readout["weight"] : json::array({readout["weight"]});
        const json bias = readout.contains("classes") ? readout["bias"] : json::array({readout["bias"]});
        return image({{"weight", weight}, {"bias", bias}}, read());
    }

    /// Positive: accepted; negative: not.
    double score() const {
        const Vector all = logits();
        const json& readout = model_["readout"];
        if (!readout.contains("classes")) return all[0];
        double accepted = -1e300, others = -1e300;
        for (std::size_t c = 0; c < all.size(); ++c) {
            const json& accept = readout["accept"];
            const bool is_accepted = std::find(accept.begin(), accept.end(), readout["classes"][c]) != accept.end();
            double& greatest = is_accepted ? accepted : others;
            greatest = std::max(greatest, all[c]);
        }
        return accepted - others;
    }

  private:
    Vector embedded(const std::string& symbol, std::size_t p) const {
        const json& embedding = model_["embedding"];
        Vector v = embedding.contains("matrix")
                       ? numbers(embedding["matrix"][embedding["rows"][symbol].get<std::size_t>()])
                       : numbers(embedding[symbol]);
        if (model_.contains("position")) {
            const json& table = model_["position"];
            const long row = static_cast<long>(p) - table.value("first", 1L);
            for (std::size_t c = 0; c < v.size(); ++c)
                v[c] += table["table"].at(static_cast<std::size_t>(row))[c].get<double>();
        }
        if (model_.contains("norm") && model_["norm"].contains("embedding")) v = normed(model_["norm"]["embedding"], v);
        return v;
    }

    Vector turned(const json& part, Vector v, std::size_t p) const {
        if (!part.contains("rotary")) return v;
        const json& r = part["rotary"];
        const auto dims = r["dims"].get<std::size_t>();
        for (std::size_t t = 0; t < dims / 2; ++t) {
            const double angle =
                (static_cast<double>(p) - 1 + r.value("first", 0)) / r.value("factor", 1.0) *
                std::pow(r["base"].get<double>(), -2.0 * static_cast<double>(t) / static_cast<double>(dims));
            const bool half = r["pairing"] == "half";
            double& a = v[half ? t : 2 * t];
            double& b = v[half ? t + dims / 2 : 2 * t + 1];
            const double a0 = a, b0 = b;
            a = a0 * std::cos(angle) - b0 * std::sin(angle);
            b = a0 * std::sin(angle) + b0 * std::cos(angle);
        }
        return v;
    }

    void attend(const json& part) {
        const bool has_norm = part.contains("norm");
        std::vector<Vector> from = y_, to = y_;
        for (Vector& v : from)
            if (has_norm && part["norm"]["placement"] == "pre") v = normed(part["norm"], v);
        for (std::size_t i = 0; i < y_.size(); ++i) {
            if (!part.value("residual", true)) to[i].assign(y_[i].size(), 0);
            for (const json& head : part["heads"]) add_head(part, head, from, i, to[i]);
            if (has_norm && part["norm"]["placement"] == "post") to[i] = normed(part["norm"], to[i]);
        }
        y_ = to;
    }

    void add_head(const json& part, const json& head, const std::vector<Vector>& from, std::size_t i,
                  Vector& to) const {
        const std::string mask = head.value("mask", part.value("mask", "none"));
        std::vector<std::size_t> seen;
        Vector scores;
        for (std::size_t j = 0; j < from.size(); ++j) {
            if (!sees(mask, i, j)) continue;
            seen.push_back(j);
            scores.push_back(0);
            if (!head.contains("query")) continue;
            const Vector q = turned(part, image(head["query"], from[i]), i + 1);
            const Vector k = turned(part, image(head["key"], from[j]), j + 1);
            for (std::size_t r = 0; r < q.size(); ++r) scores.back() += part.value("scale", 1.0) * q[r] * k[r];
        }
        if (seen.empty()) return;
        const Vector w = weights(part["kind"], head.value("tie", part.value("tie", "left")), scores);
        Vector sum(image(head["value"], from[0]).size());
        for (std::size_t k = 0; k < seen.size(); ++k) {
            const Vector value = image(head["value"], from[seen[k]]);
            for (std::size_t r = 0; r < sum.size(); ++r) sum[r] += w[k] * value[r];
        }
        const Vector added = image(head["output"], sum);
        for (std::size_t c = 0; c < to.size(); ++c) to[c] += added[c];
    }

    void feed(const json& part) {
        const bool has_norm = part.contains("norm");
        for (Vector& y : y_) {
            const Vector x = has_norm && part["norm"]["placement"] == "pre" ? normed(part["norm"], y) : y;
            Vector z = image(part["maps"][0], x);
            const Vector gate = part.contains("gate") ? image(part["gate"], x) : Vector();
            for (std::size_t r = 0; r < gate.size(); ++r) z[r] *= activated(part, gate[r]);
            for (std::size_t m = 1; m < part["maps"].size(); ++m) {
                for (double& e : z)
                    if (gate.empty()) e = activated(part, e);
                z = image(part["maps"][m], z);
            }
            for (std::size_t c = 0; c < z.size() && part.value("residual", true); ++c) z[c] += y[c];
            y = has_norm && part["norm"]["placement"] == "post" ? normed(part["norm"], z) : z;
        }
    }

    Vector read() const {
        std::vector<Vector> last = y_;
        for (Vector& v : last)
            if (model_.contains("norm") && model_["norm"].contains("final")) v = normed(model_["norm"]["final"], v);
        const json& position = model_["readout"]["position"];
        if (position == "first") return last.front();
        if (position == "last") return last.back();
        if (position.is_number()) return last[position.get<std::size_t>() - 1];
        Vector sum(last[0].size());
        for (const Vector& v : last)
            for (std::size_t c = 0; c < v.size(); ++c)
                sum[c] += v[c] / (position == "mean" ? static_cast<double>(last.size()) : 1);
        return sum;
    }

    const json& model_;
    std::vector<Vector> y_;
};

}  // namespace by_definition
