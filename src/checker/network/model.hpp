#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/core/json.hpp"
#include "checker/core/text.hpp"
#include "checker/network/expression.hpp"
#include "checker/network/matrix.hpp"

namespace attest::checker {

enum class Kind { hard, average, softmax };
enum class Tie { left, right };
enum class Mask { none, causal, strict, future, strict_future };

struct Head {
    std::optional<Affine> query;  ///< query and key are both there or both absent
    std::optional<Affine> key;
    Affine value;
    Affine output;
    Expression bias;
    std::string place;
};

/// (v - mean) / sqrt(variance + eps) * gain + bias.
struct Norm {
    bool pre = false;  ///< of the part's input; else of the sum after it
    Rational eps;
    Vector gain;
    Vector bias;
};

struct Attention {
    Kind kind = Kind::hard;
    Tie tie = Tie::left;
    Mask mask = Mask::none;
    Expression scale{1};
    std::vector<Head> heads;
    bool residual = true;
    std::optional<Norm> norm;
    std::string place;
};

struct FeedForward {
    std::vector<Affine> maps;
    bool residual = true;
    std::optional<Norm> norm;

    /// The maps with ReLU between them, without the residual.
    Vector operator()(const Vector& x, Budget& budget) const;
};

struct Layer {
    std::optional<Attention> attention;
    std::optional<FeedForward> feedforward;
};

/// A transformer of the model format.
struct Model {
    std::string name;
    std::vector<Symbol> alphabet;
    std::optional<std::string> begin;
    std::optional<std::string> end;
    std::size_t dimension = 0;
    std::map<std::string, Vector> embedding;
    std::vector<Expression> position;  ///< empty where the model has none
    std::vector<Layer> layers;
    long readout_position = 0;  ///< from 1; negative from the end
    Vector readout_weight;
    Rational readout_bias;

    /// Whether all attention is hard, and the model is not soft.
    bool is_hard() const;
    /// Whether softmax attention or a norm occurs: such models are evaluated in intervals.
    bool is_soft() const;
};

/// Gives the bytes of the companion file of this name. Throws Defect where the certificate holds none.
using Companion = std::function<std::string_view(const std::string& name)>;

/// Reads and validates a model file.
///
/// Throws  Defect (place): whatever the model format does not allow
Model read_model(const Json& json, const std::string& file, const Companion& companion, Budget& budget);
Model read_model(std::string_view bytes, const std::string& file, const Companion& companion, Budget& budget);

/// The name of the companion tensor file, where the model names one.
std::optional<std::string> companion_name(const Json& json, const std::string& file);

}  // namespace attest::checker
