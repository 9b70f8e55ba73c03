#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace attest::formats::import::tests {

/// A model file evaluated in doubles by the text of the format and nothing else: softmax attention with all that
/// version 2 has. It shares no code with the readers and evaluators of the program.
class Definition {
  public:
    using Vector = std::vector<double>;

    Definition(const std::string& document, const std::string& tensors);

    /// The logits of all classes, or the one score. Symbols are texts.
    Vector logits(const std::vector<std::string>& word) const;

  private:
    using Matrix = std::vector<Vector>;
    using Json = nlohmann::json;

    Vector vector(const Json& node) const;
    Matrix matrix(const Json& node) const;
    Vector affine(const Json& node, const Vector& x) const;
    Vector normed(const Json& node, const Vector& x) const;
    Vector turned(const Json& rotary, Vector q, std::size_t position) const;
    Vector position(std::size_t i, std::size_t d) const;
    void attend(const Json& attention, Matrix& y) const;
    void feed_forward(const Json& part, Matrix& y) const;

    Json model_, header_;
    std::string data_;
};

}  // namespace attest::formats::import::tests
