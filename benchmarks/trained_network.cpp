#include "trained_network.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/random.hpp"

namespace attest::benchmarks {

namespace {

using exact::Rational;
using nlohmann::ordered_json;

class Weights {
  public:
    explicit Weights(std::uint64_t seed) : random_(seed) {}

    /// Uniform in ±most, a multiple of 2^-24.
    Rational number(double most) {
        const double x = most * (static_cast<double>(random_.below(1 << 24)) / (1 << 23) - 1);
        return Rational(std::round(x * (1 << 24))) / (1 << 24);
    }
    exact::Vector vector(std::size_t size, double most, int around = 0) {
        exact::Vector result;
        for (std::size_t c = 0; c < size; ++c) result.push_back(number(most) + around);
        return result;
    }
    exact::AffineMap map(std::size_t outputs, std::size_t inputs, double most) {
        exact::AffineMap map = matrix(outputs, inputs, most);
        map.bias = vector(outputs, 1 / std::sqrt(static_cast<double>(inputs)));
        return map;
    }
    exact::AffineMap matrix(std::size_t outputs, std::size_t inputs, double most) {
        exact::AffineMap map{{inputs, std::vector<std::vector<exact::Matrix::Entry>>(outputs)}, {}};
        for (auto& row : map.weight.rows)
            for (std::uint32_t c = 0; c < inputs; ++c) row.emplace_back(c, number(most));
        return map;
    }
    network::Norm norm(std::size_t d) {
        network::Norm norm;
        norm.eps = Rational(1, 100000);
        norm.gain = vector(d, 0.125, 1);
        norm.bias = vector(d, 0.125);
        return norm;
    }
    network::Norm rms(std::size_t d) {
        network::Norm norm;
        norm.placement = network::Norm::Placement::pre;
        norm.kind = network::Norm::Kind::rms;
        norm.eps = Rational(1, 1000000);
        norm.gain = vector(d, 0.125, 1);
        norm.bias.assign(d, 0);
        return norm;
    }
    /// A position vector's coordinate.
    exact::Expression learned(std::int64_t positions) {
        std::string sum = "0";
        for (std::int64_t p = 1; p <= positions; ++p)
            sum += fmt::format("+[i={}]*({})", p, exact::to_string(number(std::sqrt(3.0))));
        return exact::Expression::parse(sum, "in", false, "position");
    }

  private:
    base::Random random_;
};

network::Layer encoder_layer(Weights& weights, std::size_t d, std::size_t heads) {
    const double into = std::sqrt(6 / static_cast<double>(4 * d)), out = 1 / std::sqrt(static_cast<double>(d));
    const std::size_t dk = d / heads;
    network::Attention attention;
    attention.kind = network::AttentionKind::softmax;
    attention.scale = exact::Expression::parse("1/sqrt(dk)", "nd", true, "scale");
    for (std::size_t h = 0; h < heads; ++h) {
        network::Head head;
        head.query = weights.map(dk, d, into);
        head.key = weights.map(dk, d, into);
        head.value = weights.map(dk, d, into);
        head.output = weights.map(d, dk, out);
        if (h > 0) head.output.bias.clear();
        attention.heads.push_back(std::move(head));
    }
    attention.norm = weights.norm(d);
    network::FeedForward part;
    part.maps = {weights.map(4 * d, d, out), weights.map(d, 4 * d, out / 2)};
    part.norm = weights.norm(d);
    return {std::move(attention), std::move(part)};
}

/// Norms of root mean squares before the parts, rotary positions, a gate with silu, no biases.
network::Layer decoder_layer(Weights& weights, std::size_t d, std::size_t heads) {
    const double most = 1 / std::sqrt(static_cast<double>(d));
    const std::size_t dk = d / heads, hidden = 3 * d;
    network::Attention attention;
    attention.kind = network::AttentionKind::softmax;
    attention.mask = network::Mask::causal;
    attention.scale = exact::Expression::parse("1/sqrt(dk)", "nd", true, "scale");
    attention.rotary = network::Rotary{.base = 10000, .dims = dk, .first = 0};
    for (std::size_t h = 0; h < heads; ++h) {
        network::Head head;
        head.query = weights.matrix(dk, d, most);
        head.key = weights.matrix(dk, d, most);
        head.value = weights.matrix(dk, d, most);
        head.output = weights.matrix(d, dk, most);
        attention.heads.push_back(std::move(head));
    }
    attention.norm = weights.rms(d);
    network::FeedForward part;
    part.maps = {weights.matrix(hidden, d, most), weights.matrix(d, hidden, most / 2)};
    part.gate = weights.matrix(hidden, d, most);
    part.activation.kind = exact::Activation::Kind::silu;
    part.norm = weights.rms(d);
    return {std::move(attention), std::move(part)};
}

/// |Σ w y| on what a norm of d coordinates gives, and 1.
Rational above_all(const exact::Vector& weight, const network::Norm& norm) {
    Rational sum = 1;
    const auto root = static_cast<long>(std::ceil(std::sqrt(static_cast<double>(weight.size()))));
    for (std::size_t c = 0; c < weight.size(); ++c)
        sum += abs(weight[c]) * (root * abs(norm.gain[c]) + abs(norm.bias[c]));
    return sum;
}

ordered_json numbers(const exact::Vector& vector) {
    ordered_json list = ordered_json::array();
    for (const Rational& x : vector) list.push_back(x.get_d());
    return list;
}

ordered_json rows(const exact::AffineMap& map) {
    ordered_json all = ordered_json::array();
    for (const auto& entries : map.weight.rows) {
        std::vector<double> row(map.inputs(), 0);
        for (const auto& [column, value] : entries) row[column] = value.get_d();
        all.push_back(row);
    }
    return all;
}

void put(ordered_json& state, const std::string& name, const ordered_json& weight, const exact::Vector& bias) {
    state[name + "weight"] = weight;
    state[name + "bias"] = numbers(bias);
}

/// By short names, matrices of all heads below each other, or side by side.
ordered_json state_of_decoder(const network::Layer& layer) {
    const network::Attention& attention = *layer.attention;
    const network::FeedForward& part = *layer.feedforward;
    ordered_json q = ordered_json::array(), k = q, v = q, o = q;
    for (const network::Head& head : attention.heads) {
        for (const auto& row : rows(*head.query)) q.push_back(row);
        for (const auto& row : rows(*head.key)) k.push_back(row);
        for (const auto& row : rows(head.value)) v.push_back(row);
        o.push_back(rows(head.output));
    }
    return {{"q", q},
            {"k", k},
            {"v", v},
            {"o", o},
            {"gate", rows(*part.gate)},
            {"up", rows(part.maps[0])},
            {"down", rows(part.maps[1])},
            {"norm1", numbers(attention.norm->gain)},
            {"norm2", numbers(part.norm->gain)}};
}

/// As state_dict() of the module names it.
ordered_json state_of(const network::Layer& layer) {
    ordered_json state, in = ordered_json::array(), out = ordered_json::array();
    exact::Vector bias;
    const network::Attention& attention = *layer.attention;
    for (const auto part : {&network::Head::query, &network::Head::key})
        for (const network::Head& head : attention.heads) {
            for (const auto& row : rows(*(head.*part))) in.push_back(row);
            bias.insert(bias.end(), (head.*part)->bias.begin(), (head.*part)->bias.end());
        }
    for (const network::Head& head : attention.heads) {
        for (const auto& row : rows(head.value)) in.push_back(row);
        bias.insert(bias.end(), head.value.bias.begin(), head.value.bias.end());
        const ordered_json columns = rows(head.output);
        if (out.empty()) out = columns;
        else
            for (std::size_t r = 0; r < columns.size(); ++r)
                out[r].insert(out[r].end(), columns[r].begin(), columns[r].end());
    }
    put(state, "self_attn.in_proj_", in, bias);
    put(state, "self_attn.out_proj.", out, attention.heads[0].output.bias);
    for (std::size_t k = 0; k < 2; ++k)
        put(state, fmt::format("linear{}.", k + 1), rows(layer.feedforward->maps[k]), layer.feedforward->maps[k].bias);
    put(state, "norm1.", numbers(attention.norm->gain), attention.norm->bias);
    put(state, "norm2.", numbers(layer.feedforward->norm->gain), layer.feedforward->norm->bias);
    return state;
}

/// A safetensors file in the making.
struct Companion {
    ordered_json directory = ordered_json::object();
    std::string data;

    /// Gives   the name of the tensor
    std::string add(const ordered_json& matrix) {
        const std::size_t begin = data.size();
        for (const ordered_json& row : matrix)
            for (const ordered_json& entry : row) {
                const double x = entry.is_string() ? Rational(entry.get<std::string>()).get_d() : entry.get<double>();
                data.append(reinterpret_cast<const char*>(&x), sizeof x);
            }
        std::string name = fmt::format("matrix.{}", directory.size());
        directory[name] = {
            {"dtype", "F64"}, {"shape", {matrix.size(), matrix.at(0).size()}}, {"data_offsets", {begin, data.size()}}};
        return name;
    }
    std::string bytes() const {
        const std::string header = directory.dump();
        const std::uint64_t length = header.size();
        return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data;
    }
};

/// Matrices become tensors; they are of doubles, whose text the model format has as fractions.
void move_matrices(ordered_json& document, Companion& companion) {
    const auto is_list = [](const ordered_json& part) { return part.is_array() && !part.empty(); };
    const bool is_matrix = is_list(document) && is_list(document[0]) && !document[0][0].is_array();
    if (is_matrix) document = {{"tensor", companion.add(document)}};
    else if (document.is_structured())
        for (ordered_json& part : document) move_matrices(part, companion);
}

/// As `attest import` writes a checkpoint: what a trained model's numbers are in is a companion file.
formats::ModelFile as_imported(network::Transformer t) {
    ordered_json document = ordered_json::parse(formats::write_model(t));
    Companion companion;
    move_matrices(document.at("layers"), companion);
    const std::string name = t.name + ".safetensors";
    document["tensors"] = name;
    return {std::move(t), document.dump(1) + "\n", name, companion.bytes()};
}

/// Symbols, a begin symbol, and nothing else.
network::Transformer with_symbols(Weights& weights, const std::string& kind, std::size_t dimension) {
    network::Transformer t;
    t.name = fmt::format("{}-{}", kind, dimension);
    t.begin = "^";
    t.dimension = dimension;
    t.embedding = {weights.vector(dimension, std::sqrt(3.0)), weights.vector(dimension, std::sqrt(3.0))};
    t.begin_embedding = weights.vector(dimension, std::sqrt(3.0));
    return t;
}

/// A readout of what the norm gives that accepts every word.
void read_out(network::Transformer& t, Weights& weights, const network::Norm& norm) {
    t.readout.weight = weights.vector(t.dimension, 1 / std::sqrt(static_cast<double>(t.dimension)));
    t.readout.bias = above_all(t.readout.weight, norm);
}

}  // namespace

formats::ModelFile trained_network(std::size_t dimension, std::size_t heads, std::int64_t length, std::uint64_t seed) {
    Weights weights(seed + 1);
    network::Transformer t = with_symbols(weights, "encoder", dimension);
    for (std::size_t c = 0; c < dimension; ++c) t.position.push_back(weights.learned(length + 1));
    for (int l = 0; l < 2; ++l) t.layers.push_back(encoder_layer(weights, dimension, heads));
    t.readout.position = 1;
    read_out(t, weights, *t.layers.back().feedforward->norm);
    return as_imported(std::move(t));
}

formats::ModelFile trained_decoder(std::size_t dimension, std::size_t heads, std::uint64_t seed) {
    Weights weights(seed + 2);
    network::Transformer t = with_symbols(weights, "decoder", dimension);
    for (int l = 0; l < 2; ++l) t.layers.push_back(decoder_layer(weights, dimension, heads));
    t.final_norm = weights.rms(dimension);
    read_out(t, weights, *t.final_norm);
    return as_imported(std::move(t));
}

ordered_json describe_trained(const network::Transformer& t, std::int64_t length) {
    const std::int64_t n = t.sequence_length(length);
    const bool is_decoder = t.final_norm.has_value();
    ordered_json network = {{"heads", t.layers[0].attention->heads.size()}, {"layers", ordered_json::array()}};
    if (is_decoder) network["final"] = numbers(t.final_norm->gain);
    for (const network::Layer& layer : t.layers)
        network["layers"].push_back(is_decoder ? state_of_decoder(layer) : state_of(layer));
    for (std::int64_t p = 1; p <= n; ++p) {
        ordered_json place = ordered_json::array();
        for (exact::Vector e : p == 1 ? std::vector<exact::Vector>(2, t.begin_embedding) : t.embedding) {
            exact::add_to(e, position_vector(t, p, n));
            place.push_back(numbers(e));
        }
        network["places"].push_back(place);
    }
    network["readout"] = numbers(t.readout.weight);
    network["bias"] = t.readout.bias.get_d();
    return network;
}

}  // namespace attest::benchmarks
