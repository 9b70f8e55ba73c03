#pragma once

#include <optional>
#include <string>

#include "checkpoint.hpp"
#include "pickle.hpp"
#include "torch_objects.hpp"

namespace attest::formats::import {

/// Collects what a pickle holds. Pickles may share parts and be their own parts, so depth and steps are limited.
class Collector {
  public:
    Collector(const Pickle& pickle, const Storages& storages, std::string where)
        : pickle_(pickle), storages_(storages), where_(std::move(where)) {}

    /// The tensors of a dict, those of dicts in it under joined names.
    void add_dict(const PickleValue& dict, const std::string& prefix);
    /// The parameters and buffers of a torch.nn.Module, and of the modules in it.
    void add_module(const PickleValue& module, const std::string& prefix);
    /// A number, a truth value or a text, or an object or dict of such.
    /// Gives   whether it was one
    bool add_scalars(const PickleValue& value, const std::string& name);
    void ignore(const std::string& name) { contents_.ignored.push_back(name); }

    Contents take() { return std::move(contents_); }

  private:
    /// Counts a step down, and throws InputError where it goes too far.
    class Step;

    void add_tensor(const PickleValue& value, const std::string& name);
    bool add_scalar(const PickleValue& value, const std::string& name);
    void add_state(const PickleValue& state, const std::string& prefix);

    const Pickle& pickle_;
    const Storages& storages_;
    std::string where_;
    Contents contents_;
    std::size_t depth_ = 0, steps_ = 0;
};

/// What BUILD gave to an object, if that is a dict: its attributes.
const PickleValue* attributes(const Pickle& pickle, const PickleValue& record);

/// Whether an object has what a torch.nn.Module has.
bool is_module(const Pickle& pickle, const PickleValue& value);

/// The text of a key of a dict; nothing for a key of another kind.
std::optional<std::string> key_text(const Pickle& pickle, PickleId key);

}  // namespace attest::formats::import
