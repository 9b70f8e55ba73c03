#include "trained_network.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>

#include "attest/base/file.hpp"
#include "attest/formats/import.hpp"
#include "base/random.hpp"

namespace attest::benchmarks {

namespace {

using nlohmann::ordered_json;

/// A checkpoint in the making: a safetensors file of 32-bit numbers, as training leaves them.
class Checkpoint {
  public:
    explicit Checkpoint(std::uint64_t seed) : random_(seed) {}

    /// Uniform in around ± most.
    void draw(const std::string& name, std::vector<std::size_t> shape, double most, double around = 0) {
        std::size_t count = 1;
        for (const std::size_t extent : shape) count *= extent;
        std::vector<float> numbers(count);
        for (float& x : numbers)
            x = static_cast<float>(around + most * (static_cast<double>(random_.below(1 << 24)) / (1 << 23) - 1));
        add(name, std::move(shape), numbers);
    }
    void add(const std::string& name, std::vector<std::size_t> shape, const std::vector<float>& numbers) {
        const std::size_t begin = data_.size(), size = numbers.size() * sizeof numbers[0];
        data_.resize(begin + size);
        std::memcpy(data_.data() + begin, numbers.data(), size);
        directory_[name] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {begin, data_.size()}}};
        tensors_[name] = {{"shape", std::move(shape)}, {"numbers", numbers}};
    }

    /// Of the layer's maps as of the module's: weight and bias, within 1/sqrt(inputs) if nothing else is told.
    void draw_linear(const std::string& name, std::size_t outputs, std::size_t inputs) {
        const double most = 1 / std::sqrt(static_cast<double>(inputs));
        draw(name + ".weight", {outputs, inputs}, most);
        draw(name + ".bias", {outputs}, most);
    }
    void draw_layer_norm(const std::string& name, std::size_t d) {
        draw(name + ".weight", {d}, 0.125, 1);
        draw(name + ".bias", {d}, 0.125);
    }

    /// A score above 0 whatever a norm gives: |Σ w y| is less than the bias.
    void read_out(const std::string& name, std::size_t d, const std::string& gain, const std::string& bias) {
        draw(name + ".weight", {1, d}, 1 / std::sqrt(static_cast<double>(d)));
        double sum = 1;
        for (std::size_t c = 0; c < d; ++c)
            sum += std::abs(number(name + ".weight", c)) *
                   (std::sqrt(static_cast<double>(d)) * std::abs(number(gain, c)) + std::abs(number(bias, c)));
        add(name + ".bias", {1}, {static_cast<float>(sum)});
    }

    /// The file, and the network that is read from it.
    TrainedNetwork imported(const std::string& name, const std::string& family, const std::string& read,
                            std::size_t heads) const {
        const base::DirectoryInProgress directory;
        const std::string source = directory.path() + "/checkpoint.safetensors", target = directory.path() + "/" + name;
        base::write_file(source, bytes());
        formats::import::Options options;
        options.family = family;
        options.set = {fmt::format("heads={}", heads), family == "llama" ? "activation=silu" : "activation=relu"};
        options.alphabet = "01";
        options.begin = "^=2";
        options.read = read;
        options.name = name;
        options.tensor_file = name + ".safetensors";
        const formats::import::Imported model = formats::import::import_model(source, options);
        base::write_file(target + ".safetensors", model.tensors);
        base::write_file(target + ".json", model.document);
        return {formats::read_model(target + ".json"), {{"heads", heads}, {"tensors", tensors_}}};
    }

  private:
    /// 0 of a tensor that there is not.
    double number(const std::string& name, std::size_t c) const {
        return tensors_.contains(name) ? tensors_.at(name).at("numbers").at(c).get<double>() : 0;
    }

    std::string bytes() const {
        const std::string header = directory_.dump();
        const std::uint64_t length = header.size();
        return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + data_;
    }

    base::Random random_;
    ordered_json directory_ = ordered_json::object(), tensors_ = ordered_json::object();
    std::string data_;
};

void draw_encoder_layer(Checkpoint& checkpoint, const std::string& name, std::size_t d) {
    const double into = std::sqrt(6 / static_cast<double>(4 * d)), out = 1 / std::sqrt(static_cast<double>(d));
    checkpoint.draw(name + "self_attn.in_proj_weight", {3 * d, d}, into);
    checkpoint.draw(name + "self_attn.in_proj_bias", {3 * d}, out);
    checkpoint.draw_linear(name + "self_attn.out_proj", d, d);
    checkpoint.draw_linear(name + "linear1", 4 * d, d);
    checkpoint.draw_linear(name + "linear2", d, 4 * d);
    checkpoint.draw_layer_norm(name + "norm1", d);
    checkpoint.draw_layer_norm(name + "norm2", d);
}

void draw_decoder_layer(Checkpoint& checkpoint, const std::string& name, std::size_t d) {
    const double most = 1 / std::sqrt(static_cast<double>(d));
    for (const char* map : {"q_proj", "k_proj", "v_proj", "o_proj"})
        checkpoint.draw(fmt::format("{}self_attn.{}.weight", name, map), {d, d}, most);
    for (const char* map : {"gate_proj", "up_proj"})
        checkpoint.draw(fmt::format("{}mlp.{}.weight", name, map), {3 * d, d}, most);
    checkpoint.draw(name + "mlp.down_proj.weight", {d, 3 * d}, most / 2);
    for (const char* norm : {"input_layernorm", "post_attention_layernorm"})
        checkpoint.draw(fmt::format("{}{}.weight", name, norm), {d}, 0.125, 1);
}

}  // namespace

TrainedNetwork trained_encoder(std::size_t dimension, std::size_t heads, std::int64_t length, std::uint64_t seed) {
    Checkpoint checkpoint(seed + 1);
    checkpoint.draw("embed.weight", {3, dimension}, std::sqrt(3.0));
    checkpoint.draw("pos.weight", {static_cast<std::size_t>(length) + 1, dimension}, std::sqrt(3.0));
    for (int l = 0; l < 2; ++l) draw_encoder_layer(checkpoint, fmt::format("encoder.layers.{}.", l), dimension);
    checkpoint.read_out("head", dimension, "encoder.layers.1.norm2.weight", "encoder.layers.1.norm2.bias");
    return checkpoint.imported(fmt::format("encoder-{}", dimension), "torch-encoder", "first", heads);
}

TrainedNetwork trained_decoder(std::size_t dimension, std::size_t heads, std::uint64_t seed) {
    Checkpoint checkpoint(seed + 2);
    checkpoint.draw("model.embed_tokens.weight", {3, dimension}, std::sqrt(3.0));
    for (int l = 0; l < 2; ++l) draw_decoder_layer(checkpoint, fmt::format("model.layers.{}.", l), dimension);
    checkpoint.draw("model.norm.weight", {dimension}, 0.125, 1);
    checkpoint.read_out("lm_head", dimension, "model.norm.weight", "");
    return checkpoint.imported(fmt::format("decoder-{}", dimension), "llama", "last", heads);
}

}  // namespace attest::benchmarks
