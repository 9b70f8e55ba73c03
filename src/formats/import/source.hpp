#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checkpoint.hpp"
#include "part.hpp"
#include "settings.hpp"

namespace attest::formats::import {

using Shape = std::vector<std::uint64_t>;

/// A checkpoint as a family asks it: tensors by name and shape, and which were asked for.
class Source {
  public:
    Source(const Checkpoint& checkpoint, Settings& told) : settings(told), checkpoint_(checkpoint) {}

    Settings& settings;

    bool has(const std::string& name) const { return checkpoint_.tensors.contains(name); }
    const Checkpoint& checkpoint() const { return checkpoint_; }
    /// Of any shape, whole and finite. Throws  InputError if there is none
    Part tensor(const std::string& name);
    /// Of this shape.
    Part tensor(const std::string& name, const Shape& shape);
    /// Of this rank.
    Part tensor_of_rank(const std::string& name, std::size_t rank);
    std::optional<Part> find(const std::string& name, const Shape& shape);
    /// How many of PREFIX0SUFFIX, PREFIX1SUFFIX … there are.
    std::uint64_t count(const std::string& prefix, const std::string& suffix) const;
    /// FILE:NAME
    std::string place(const std::string& name) const;
    [[noreturn]] void fail(const std::string& name, const std::string& expected, const std::string& found) const;

    /// A matrix with this one number along its diagonal, as a part of its own name.
    Part diagonal(const Part& number, std::uint64_t extent);
    Part identity(std::uint64_t extent);

    /// Tensors that nothing asked for, in order.
    std::vector<std::string> unused() const;
    void leave_out(const std::string& name) { used_.insert(name); }

  private:
    const Checkpoint& checkpoint_;
    std::set<std::string> used_;
    std::deque<std::string> made_;  ///< bytes of parts that are no parts of the file
    std::map<std::uint64_t, Part> identities_;
};

}  // namespace attest::formats::import
