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

enum class Kind { hard, average, softmax, sparsemax };
enum class Tie { left, right };
enum class Mask { none, causal, strict, future, strict_future };
enum class ActivationFunction { relu, leaky_relu, gelu, gelu_tanh, silu, tanh, sigmoid };

struct Head {
    std::optional<Affine> query;  ///< query and key are both there or both absent
    std::optional<Affine> key;
    Affine value;
    Affine output;
    Expression bias;
    Tie tie = Tie::left;
    Mask mask = Mask::none;
    std::string place;
};

/// (v - mean) / sqrt(variance + eps) * gain + bias; rms: v / sqrt(mean of squares + eps) * gain + bias.
struct Norm {
    bool pre = false;  ///< of the part's input; else of the sum after it
    bool rms = false;
    Rational eps;
    KeptVector gain;
    KeptVector bias;
};

/// Turns the first `dims` entries of queries and keys in pairs, by angles that grow with the position.
struct Rotary {
    Rational base;
    std::size_t dims = 0;  ///< even
    bool halves = false;   ///< pairs t, t + dims / 2; else 2 t, 2 t + 1
    long first = 0;
    Rational factor;

    bool operator==(const Rotary&) const = default;
};

struct Attention {
    Kind kind = Kind::hard;
    Expression scale{1};
    std::vector<Head> heads;
    bool residual = true;
    std::optional<Norm> norm;
    std::optional<Rotary> rotary;
    std::string place;
    std::vector<Vector> added =
        {};  ///< [p - 1], at one length: besides what heads add (FORMAT.md section 15); or empty
};

struct FeedForward {
    std::vector<Affine> maps;
    std::optional<Affine> gate;  ///< then there are two maps
    ActivationFunction activation = ActivationFunction::relu;
    Rational slope;  ///< of leaky-relu; 0 to 1
    bool residual = true;
    std::optional<Norm> norm;
    std::vector<Vector> added = {};  ///< as of the attention part

    /// Whether gate and activation are evaluated in rationals.
    bool is_exact() const;
    /// The maps with the activation between them, without the residual. Needs is_exact().
    Vector operator()(const Vector& x, Budget& budget) const;
};

struct Layer {
    std::optional<Attention> attention;
    std::optional<FeedForward> feedforward;
    Expression repeat{1};  ///< how often it stands
    std::string place;
};

/// Row k is added at position first + k.
struct PositionTable {
    std::vector<KeptVector> rows;
    long first = 1;

    bool has(std::size_t p) const {
        const long k = static_cast<long>(p) - first;
        return k >= 0 && k < static_cast<long>(rows.size());
    }
    /// Needs has(p).
    const KeptVector& row(std::size_t p) const { return rows[static_cast<std::size_t>(static_cast<long>(p) - first)]; }
};

struct Readout {
    enum class Where { position, mean, sum, each };

    Where where = Where::position;
    long position = 0;  ///< from 1; negative from the end
    Matrix weight;      ///< a row a class; without classes one row
    std::vector<Expression> bias;
    std::vector<std::string> classes;  ///< empty: the sign of the one logit is the answer
    std::vector<bool> accepted;        ///< by class; empty where the model accepts and rejects nothing

    bool has_classes() const { return !classes.empty(); }
    /// Whether the model accepts and rejects words.
    bool decides() const { return !has_classes() || !accepted.empty(); }
};

/// A transformer of the model format.
struct Model {
    std::string name;
    std::vector<Symbol> alphabet;
    std::optional<std::string> begin;
    std::optional<std::string> end;
    std::optional<std::size_t> max_length;  ///< symbols of the longest word that the model is for
    std::size_t dimension = 0;
    std::map<std::string, KeptVector> embedding;
    std::vector<Expression> position;  ///< empty where the model has none
    std::optional<PositionTable> table;
    std::optional<Norm> embedding_norm;
    std::optional<Norm> final_norm;
    std::vector<Layer> layers;
    Readout readout;

    /// Whether all attention is hard, and the model is not soft.
    bool is_hard() const;
    /// Whether something occurs that is not evaluated in rationals: such models are evaluated in intervals.
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
