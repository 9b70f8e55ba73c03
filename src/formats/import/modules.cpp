#include "modules.hpp"

#include <fmt/format.h>

#include <set>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

namespace attest::formats::import {

namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t deepest = 1000, most_steps = 200'000, longest_name = 1000;

/// The texts of a set, which the protocol of torch.save writes as a call of `set` with a list.
std::set<std::string> texts_of_set(const Pickle& pickle, const PickleValue* value) {
    std::set<std::string> texts;
    if (value != nullptr && value->kind == Kind::record && pickle.arguments(*value).size() == 1)
        value = &pickle.at(pickle.arguments(*value)[0]);
    if (value == nullptr || (value->kind != Kind::list && value->kind != Kind::set)) return texts;
    for (const PickleId item : value->items)
        if (const auto text = key_text(pickle, item)) texts.insert(*text);
    return texts;
}

/// PREFIX + key, of a length that names have.
std::string child_name(const Pickle& pickle, const std::string& prefix, PickleId key, const std::string& where) {
    std::string name = prefix + key_text(pickle, key).value_or("?");
    if (name.size() > longest_name)
        throw base::InputError(where, fmt::format("names of at most {} bytes", longest_name), "a longer one");
    return name;
}

/// A list of names, as `rightmost,leftmost`.
bool join_texts(const Pickle& pickle, const PickleValue& list, std::string& joined) {
    for (const PickleId item : list.items) {
        const auto text = key_text(pickle, item);
        if (!text || joined.size() > 1000) return false;
        joined += (joined.empty() ? "" : ",") + *text;
    }
    return !joined.empty();
}

}  // namespace

class Collector::Step {
  public:
    explicit Step(Collector& collector) : collector_(collector) {
        const bool far = ++collector_.depth_ > deepest || ++collector_.steps_ > most_steps;
        if (far)
            throw base::InputError(collector_.where_,
                                   fmt::format("at most {} values, nested at most {} deep", most_steps, deepest),
                                   "more");
    }
    ~Step() { --collector_.depth_; }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

  private:
    Collector& collector_;
};

const PickleValue* attributes(const Pickle& pickle, const PickleValue& record) {
    if (record.kind != Kind::record || record.state.empty()) return nullptr;
    const PickleValue& state = pickle.at(record.state[0]);
    return state.kind == Kind::dict ? &state : nullptr;
}

bool is_module(const Pickle& pickle, const PickleValue& value) {
    const PickleValue* state = attributes(pickle, value);
    return state != nullptr && pickle.find(*state, "_parameters") != nullptr &&
           pickle.find(*state, "_modules") != nullptr;
}

std::optional<std::string> key_text(const Pickle& pickle, PickleId key) {
    const PickleValue& value = pickle.at(key);
    return value.kind == Kind::text ? std::optional(value.text) : std::nullopt;
}

void Collector::add_tensor(const PickleValue& value, const std::string& name) {
    contents_.tensors.insert_or_assign(
        name, read_tensor(pickle_, value, storages_, fmt::format("{}:{}", where_, base::named(name))));
}

void Collector::add_dict(const PickleValue& dict, const std::string& prefix) {
    for (const auto& [key, id] : dict.entries) {
        const Step step(*this);
        const std::string name = child_name(pickle_, prefix, key, where_);
        const PickleValue& value = pickle_.at(id);
        if (const std::string other = other_tensor(value); !other.empty())
            throw base::InputError(fmt::format("{}:{}", where_, base::named(name)), "a tensor of numbers", other);
        if (is_tensor(pickle_, value)) add_tensor(value, name);
        else if (value.kind == Kind::dict) add_dict(value, name + ".");
        else if (!add_scalar(value, name)) ignore(name);
    }
}

void Collector::add_state(const PickleValue& state, const std::string& prefix) {
    for (const auto& [key, id] : state.entries) {
        const Step step(*this);
        const auto name = key_text(pickle_, key);
        if (name && !name->starts_with("_") && *name != "training") (void)add_scalars(pickle_.at(id), prefix + *name);
    }
}

void Collector::add_module(const PickleValue& module, const std::string& prefix) {
    const Step step(*this);
    const PickleValue* state = attributes(pickle_, module);
    if (state == nullptr)
        throw base::InputError(fmt::format("{}:{}", where_, base::named(prefix)), "a module", describe(module));
    const std::set<std::string> unsaved = texts_of_set(pickle_, pickle_.find(*state, "_non_persistent_buffers_set"));
    for (const char* member : {"_parameters", "_buffers"}) {
        const PickleValue* tensors = pickle_.find(*state, member);
        if (tensors == nullptr) continue;
        for (const auto& [key, id] : tensors->entries) {
            const Step inner(*this);
            const std::string name = key_text(pickle_, key).value_or("?");
            if (pickle_.at(id).kind == Kind::none) continue;
            if (unsaved.contains(name) || !is_tensor(pickle_, pickle_.at(id))) ignore(prefix + name);
            else add_tensor(pickle_.at(id), prefix + name);
        }
    }
    add_state(*state, prefix);
    if (const PickleValue* modules = pickle_.find(*state, "_modules"))
        for (const auto& [key, id] : modules->entries)
            if (pickle_.at(id).kind != Kind::none)
                add_module(pickle_.at(id), child_name(pickle_, prefix, key, where_) + ".");
}

bool Collector::add_scalar(const PickleValue& value, const std::string& name) {
    std::string text;
    switch (value.kind) {
        case Kind::none: text = "none"; break;
        case Kind::boolean: text = value.integer != 0 ? "true" : "false"; break;
        case Kind::integer: text = std::to_string(value.integer); break;
        case Kind::real: text = fmt::format("{}", value.real); break;
        case Kind::text:
        case Kind::global: text = value.text; break;
        case Kind::tuple:
        case Kind::list:
            if (!join_texts(pickle_, value, text)) return false;
            break;
        default: return false;
    }
    contents_.hyperparameters.push_back({name, text});
    return true;
}

bool Collector::add_scalars(const PickleValue& value, const std::string& name) {
    if (add_scalar(value, name)) return true;
    const PickleValue* members = value.kind == Kind::dict ? &value : attributes(pickle_, value);
    if (members == nullptr || is_module(pickle_, value)) return false;
    bool found = false;
    for (const auto& [key, id] : members->entries) {
        const Step step(*this);
        const auto text = key_text(pickle_, key);
        if (text) found = add_scalar(pickle_.at(id), name + "." + *text) || found;
    }
    return found;
}

}  // namespace attest::formats::import
