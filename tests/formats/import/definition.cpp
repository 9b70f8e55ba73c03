#include "definition.hpp"

#include <bit>
#include <cmath>
#include <numeric>
#include <regex>

namespace attest::formats::import::tests {

namespace {

using Json = nlohmann::json;
using Vector = Definition::Vector;

std::uint64_t bits(const std::string& data, std::size_t at, std::size_t size) {
    std::uint64_t n = 0;
    for (std::size_t k = size; k-- > 0;) n = n << 8 | static_cast<unsigned char>(data[at + k]);
    return n;
}

double half(std::uint64_t b) {
    const int exponent = static_cast<int>(b >> 10 & 31);
    const double fraction = static_cast<double>(b & 1023) / 1024;
    const double size = exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1 + fraction, exponent - 15);
    return (b >> 15 & 1) != 0 ? -size : size;
}

double entry(const std::string& type, const std::string& data, std::size_t at) {
    if (type == "F64") return std::bit_cast<double>(bits(data, at, 8));
    if (type == "F32") return std::bit_cast<float>(static_cast<std::uint32_t>(bits(data, at, 4)));
    if (type == "F16") return half(bits(data, at, 2));
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits(data, at, 2) << 16));
}

double quotient(const std::string& text) {
    const std::size_t slash = text.find('/');
    return slash == std::string::npos ? std::stod(text)
                                      : std::stod(text.substr(0, slash)) / std::stod(text.substr(slash + 1));
}

double number(const Json& node) { return node.is_string() ? quotient(node.get<std::string>()) : node.get<double>(); }

double dot(const Vector& a, const Vector& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

void add(Vector& a, const Vector& b) {
    for (std::size_t k = 0; k < a.size(); ++k) a[k] += b[k];
}

double activated(const std::string& name, double x) {
    if (name == "relu") return std::max(0.0, x);
    if (name == "gelu") return x / 2 * (1 + std::erf(x / std::sqrt(2.0)));
    if (name == "gelu-tanh")
        return x / 2 * (1 + std::tanh(std::sqrt(2 / std::acos(-1.0)) * (x + 0.044715 * x * x * x)));
    if (name == "silu") return x / (1 + std::exp(-x));
    if (name == "tanh") return std::tanh(x);
    throw std::runtime_error("activation " + name);
}

}  // namespace

Definition::Definition(const std::string& document, const std::string& tensors) : model_(Json::parse(document)) {
    const std::size_t size = bits(tensors, 0, 8);
    header_ = Json::parse(tensors.substr(8, size));
    data_ = tensors.substr(8 + size);
}

Definition::Vector Definition::vector(const Json& node) const {
    Vector all;
    if (node.is_array()) {
        for (const Json& n : node) all.push_back(number(n));
        return all;
    }
    const Json& tensor = header_.at(node.at("tensor").get<std::string>());
    const std::string type = tensor.at("dtype");
    const std::size_t size = type == "F64" ? 8 : type == "F32" ? 4 : 2;
    for (std::size_t at = tensor.at("data_offsets")[0]; at < tensor.at("data_offsets")[1]; at += size)
        all.push_back(entry(type, data_, at));
    return all;
}

Definition::Matrix Definition::matrix(const Json& node) const {
    if (node.contains("entries")) {
        Matrix m(node.at("rows").get<std::size_t>(), Vector(node.at("cols").get<std::size_t>(), 0.0));
        for (const Json& e : node.at("entries")) m[e[0].get<std::size_t>()][e[1].get<std::size_t>()] = number(e[2]);
        return m;
    }
    const Vector all = vector(node);
    const std::size_t columns = header_.at(node.at("tensor").get<std::string>()).at("shape").at(1);
    Matrix m;
    for (std::size_t at = 0; at < all.size(); at += columns)
        m.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(at),
                       all.begin() + static_cast<std::ptrdiff_t>(at + columns));
    return m;
}

Definition::Vector Definition::affine(const Json& node, const Vector& x) const {
    const bool biased = node.contains("weight");
    Vector y;
    for (const Vector& row : matrix(biased ? node.at("weight") : node)) y.push_back(dot(row, x));
    if (biased && node.contains("bias")) add(y, vector(node.at("bias")));
    return y;
}

Definition::Vector Definition::normed(const Json& node, const Vector& x) const {
    const auto d = static_cast<double>(x.size());
    const bool rms = node.value("kind", "layer") == "rms";
    const double mean = rms ? 0 : std::accumulate(x.begin(), x.end(), 0.0) / d;
    double variance = 0;
    for (const double v : x) variance += (v - mean) * (v - mean) / d;
    Vector y;
    for (const double v : x) y.push_back((v - mean) / std::sqrt(variance + number(node.at("eps"))));
    if (node.contains("gain"))
        for (std::size_t k = 0; k < y.size(); ++k) y[k] *= vector(node.at("gain"))[k];
    if (node.contains("bias")) add(y, vector(node.at("bias")));
    return y;
}

Definition::Vector Definition::turned(const Json& rotary, Vector q, std::size_t position) const {
    const std::size_t m = rotary.at("dims");
    const bool halves = rotary.at("pairing") == "half";
    for (std::size_t t = 0; t < m / 2; ++t) {
        const double place =
            (static_cast<double>(position) - 1 + number(rotary.at("first"))) / number(rotary.at("factor"));
        const double angle =
            place * std::pow(number(rotary.at("base")), -2.0 * static_cast<double>(t) / static_cast<double>(m));
        double &x = q[halves ? t : 2 * t], &y = q[halves ? t + m / 2 : 2 * t + 1];
        const double turned = x * std::cos(angle) - y * std::sin(angle);
        y = x * std::sin(angle) + y * std::cos(angle);
        x = turned;
    }
    return q;
}

/// Version 1 writes a table as a sum of brackets.
Definition::Vector Definition::position(std::size_t i, std::size_t d) const {
    if (!model_.contains("position")) return Vector(d, 0.0);
    const Json& position = model_.at("position");
    if (position.is_object()) return matrix(position.at("table")).at(i - position.at("first").get<std::size_t>());
    Vector all;
    const std::regex term("\\[i=" + std::to_string(i) + "\\]\\*\\(([^)]*)\\)");
    for (const Json& expression : position) {
        std::smatch found;
        const std::string text = expression.is_string() ? expression.get<std::string>() : "";
        all.push_back(std::regex_search(text, found, term) ? quotient(found[1]) : 0);
    }
    return all;
}

void Definition::attend(const Json& attention, Matrix& y) const {
    const Json norm = attention.value("norm", Json());
    const bool pre = !norm.is_null() && norm.at("placement") == "pre";
    Matrix x = y, z(y.size(), Vector(y[0].size(), 0.0));
    if (pre)
        for (Vector& v : x) v = normed(norm, v);
    for (const Json& head : attention.at("heads")) {
        Matrix queries, keys, values;
        for (std::size_t i = 0; i < x.size(); ++i) {
            values.push_back(affine(head.at("value"), x[i]));
            if (!head.contains("query")) continue;
            queries.push_back(affine(head.at("query"), x[i]));
            keys.push_back(affine(head.at("key"), x[i]));
            if (!attention.contains("rotary")) continue;
            queries.back() = turned(attention.at("rotary"), queries.back(), i + 1);
            keys.back() = turned(attention.at("rotary"), keys.back(), i + 1);
        }
        for (std::size_t i = 0; i < x.size(); ++i) {
            const std::size_t seen = attention.at("mask") == "causal" ? i + 1 : x.size();
            Vector mean(values[0].size(), 0.0);
            double total = 0;
            for (std::size_t j = 0; j < seen; ++j) {
                const bool scaled = attention.at("scale") == "1/sqrt(dk)";
                const double product = queries.empty() ? 0 : dot(queries[i], keys[j]);
                const double weight = std::exp(
                    scaled && !queries.empty() ? product / std::sqrt(static_cast<double>(keys[0].size())) : product);
                for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += weight * values[j][k];
                total += weight;
            }
            for (double& v : mean) v /= total;
            add(z[i], affine(head.at("output"), mean));
        }
    }
    for (std::size_t i = 0; i < y.size(); ++i) {
        add(y[i], z[i]);
        if (!norm.is_null() && !pre) y[i] = normed(norm, y[i]);
    }
}

void Definition::feed_forward(const Json& part, Matrix& y) const {
    const Json norm = part.value("norm", Json());
    const bool pre = !norm.is_null() && norm.at("placement") == "pre";
    const std::string activation = part.value("activation", "relu");
    for (Vector& v : y) {
        const Vector x = pre ? normed(norm, v) : v;
        Vector h = x;
        for (std::size_t m = 0; m < part.at("maps").size(); ++m) {
            h = affine(part.at("maps")[m], m == 0 ? x : h);
            if (m + 1 == part.at("maps").size()) break;
            const Vector gate = part.contains("gate") ? affine(part.at("gate"), x) : h;
            for (std::size_t k = 0; k < h.size(); ++k)
                h[k] = part.contains("gate") ? activated(activation, gate[k]) * h[k] : activated(activation, h[k]);
        }
        if (part.value("residual", true)) add(v, h);
        else v = h;
        if (!norm.is_null() && !pre) v = normed(norm, v);
    }
}

Definition::Vector Definition::logits(const std::vector<std::string>& word) const {
    std::vector<std::string> sequence = word;
    if (model_.contains("begin")) sequence.insert(sequence.begin(), model_.at("begin").get<std::string>());
    if (model_.contains("end")) sequence.push_back(model_.at("end"));
    Matrix y;
    const Json norms = model_.value("norm", Json::object());
    for (std::size_t i = 0; i < sequence.size(); ++i) {
        y.push_back(vector(model_.at("embedding").at(sequence[i])));
        add(y.back(), position(i + 1, y.back().size()));
        if (norms.contains("embedding")) y.back() = normed(norms.at("embedding"), y.back());
    }
    for (const Json& layer : model_.at("layers")) {
        if (layer.contains("attention")) attend(layer.at("attention"), y);
        if (layer.contains("feedforward")) feed_forward(layer.at("feedforward"), y);
    }
    const Json& readout = model_.at("readout");
    Vector read = readout.at("position") == "first" ? y.front() : y.back();
    if (norms.contains("final")) read = normed(norms.at("final"), read);
    if (readout.contains("classes")) return affine(readout, read);
    return {dot(vector(readout.at("weight")), read) + number(readout.at("bias"))};
}

}  // namespace attest::formats::import::tests
