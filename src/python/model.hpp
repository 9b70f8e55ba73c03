#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/formats/file.hpp"

namespace attest::python {

/// A network of any kind, as Python holds it.
class Model {
  public:
    explicit Model(formats::NetworkFile file) : file_(std::move(file)) {}

    const formats::NetworkFile& file() const { return file_; }
    const std::string& name() const;
    const language::Alphabet& alphabet() const;
    /// `transformer`, `tables` or `program`
    const char* kind() const;
    /// `hard`, `average`, `sparsemax` or `softmax`; empty for what has no weights.
    std::string attention() const;
    /// Of a transformer: layers as they are written, the heads of each, coordinates.
    std::vector<std::size_t> heads() const;
    std::size_t dimension() const;
    /// Writes the bytes that it was read from, and its tensors beside them; gives the path.
    std::string write(const std::string& directory, const std::string& stem) const;

  private:
    formats::NetworkFile file_;
};

/// A model file, tables or a program; `zoo:NAME` for what attest knows by name.
/// Throws  InputError, UsageError
Model load(const std::string& operand);

/// What a network says of one word.
struct Said {
    std::string word;
    std::optional<bool> accepts;  ///< nothing: undecided, or it says classes only
    std::vector<std::string>
        score;  ///< one rational, or the two ends of an interval that encloses it; empty: it has none
    std::vector<std::optional<std::string>> classes;  ///< by position that is read; nothing: undecided
    std::string reason;                               ///< why it is undecided
};

/// Exact   yes, or enclosing
/// Throws  InputError as network::Evaluator; Unsupported
std::vector<Said> evaluate(const Model& model, const std::vector<language::Word>& words, const base::Limits& limits);

}  // namespace attest::python
