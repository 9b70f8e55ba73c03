#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "part.hpp"

namespace attest::formats::import {

/// The safetensors file beside a document: the parts that it refers to, each once, in order of their first use.
class Companion {
  public:
    /// `at_most` bytes of numbers. Throws  InputError beyond (on adding)
    explicit Companion(std::size_t at_most) : left_(at_most) {}

    /// `{"tensor": "NAME"}`
    nlohmann::ordered_json refer(const Part& part);
    /// The file. Metadata are texts.
    std::string file(const std::vector<std::pair<std::string, std::string>>& metadata) const;

  private:
    std::uint64_t left_;
    std::vector<Part> parts_;
    std::map<std::string, std::size_t> index_;
};

}  // namespace attest::formats::import
