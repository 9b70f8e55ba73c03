#include "settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "base/quote.hpp"
#include "base/suggest.hpp"

namespace attest::formats::import {

namespace {

/// What scripts and libraries call the object that holds hyperparameters.
constexpr std::array<std::string_view, 6> holders = {"config.",           "cfg.",    "model_args.", "args.",
                                                     "hyper_parameters.", "hparams."};

std::string without_holders(std::string name) {
    for (auto holder = holders.begin(); holder != holders.end();) {
        if (name.starts_with(*holder)) name.erase(0, holder->size()), holder = holders.begin();
        else ++holder;
    }
    return name;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// The text of a scalar; nothing for lists and objects.
std::optional<std::string> scalar(const base::Json& value) {
    if (value.is_null()) return "none";
    if (value.is_bool()) return std::get<bool>(value.value_) ? "true" : "false";
    if (value.is_number()) return std::get<base::Json::Number>(value.value_).text;
    if (value.is_string()) return std::get<std::string>(value.value_);
    return std::nullopt;
}

}  // namespace

Settings::Settings(const std::vector<std::string>& pairs) {
    for (const std::string& pair : pairs) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            throw base::UsageError(fmt::format("--set: expected KEY=VALUE, found {}", base::quoted(pair)));
        const std::string key = pair.substr(0, equals);
        if (std::any_of(set_.begin(), set_.end(), [&](const auto& entry) { return entry.first == key; }))
            throw base::UsageError(fmt::format("--set: expected each key once, found {} again", base::quoted(key)));
        set_.emplace_back(key, Setting{pair.substr(equals + 1), "--set"});
    }
}

void Settings::add_config(const base::JsonNode& document, const std::string& because) {
    const auto add = [&](const auto& self, const base::JsonNode& node, const std::string& prefix) -> void {
        for (const auto& [key, member] : node.members()) {
            if (const auto text = scalar(member.value()))
                config_.emplace_back(without_holders(prefix + key), Setting{*text, because});
            else if (member.value().is_object()) self(self, member, prefix + key + ".");
        }
    };
    add(add, document, "");
}

void Settings::add_checkpoint(const Checkpoint& checkpoint) {
    for (const Hyperparameter& h : checkpoint.hyperparameters)
        checkpoint_.emplace_back(without_holders(h.name), Setting{h.value, "the checkpoint's " + h.name});
}

std::optional<Setting> Settings::find(const Names& names) {
    asked_.insert(names.begin(), names.end());
    for (const Values* values : {&set_, &config_, &checkpoint_})
        for (const std::string& name : names) {
            const auto found =
                std::find_if(values->rbegin(), values->rend(), [&](const auto& entry) { return entry.first == name; });
            if (found == values->rend()) continue;
            if (values == &set_) used_.insert(name);
            assume(names[0], found->second.value, found->second.because);
            return found->second;
        }
    return std::nullopt;
}

std::string Settings::text(const Names& names, const std::string& otherwise, const std::string& because) {
    if (const auto found = find(names)) return found->value;
    assume(names[0], otherwise, because);
    return otherwise;
}

std::string Settings::require(const Names& names, const std::string& what, const std::string& possible) {
    if (const auto found = find(names)) return found->value;
    std::vector<std::string> others;
    for (const auto& entry : set_)
        if (!used_.contains(entry.first)) others.push_back(entry.first);
    const auto near = base::suggestions(names[0], others);
    throw Untold(fmt::format("import: expected --set {}=…, {}, found {}", names[0], what,
                             near.empty() ? "none" : base::quoted(near.front())),
                 names[0], what, {possible});
}

bool Settings::flag(const Names& names, bool otherwise, const std::string& because) {
    const std::string value = lower(text(names, otherwise ? "true" : "false", because));
    if (value == "true" || value == "1") return true;
    if (value == "false" || value == "0" || value == "none") return false;
    throw base::UsageError(fmt::format("import: {}: expected true or false, found {}", names[0], base::quoted(value)));
}

std::uint64_t Settings::require_count(const Names& names, const std::string& what) {
    const std::string value = require(names, what, "1");
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
    if (error != std::errc() || end != value.data() + value.size() || count == 0)
        throw base::UsageError(
            fmt::format("import: {}: expected a whole number from 1, found {}", names[0], base::quoted(value)));
    return count;
}

void Settings::refuse(const Names& names, const std::string& what, const std::vector<std::string>& allowed) {
    asked_.insert(names.begin(), names.end());
    for (const Values* values : {&set_, &config_, &checkpoint_})
        for (const auto& [key, setting] : *values) {
            if (std::find(names.begin(), names.end(), key) == names.end()) continue;
            if (values == &set_) used_.insert(key);
            const std::string value = lower(setting.value);
            if (value == "false" || value == "none" || value == "0") continue;
            if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) continue;
            throw base::InputError(fmt::format("{}:{}", setting.because, key), "a network without " + what,
                                   base::quoted(setting.value));
        }
}

void Settings::assume(const std::string& key, const std::string& value, const std::string& because) {
    const auto same = [&](const Assumption& a) { return a.key == key && a.value == value; };
    if (std::none_of(assumed_.begin(), assumed_.end(), same)) assumed_.push_back({key, value, because});
}

void Settings::require_all_used() const {
    for (const auto& [key, setting] : set_)
        if (!used_.contains(key))
            throw base::UsageError(fmt::format("import: --set: expected a key that this network needs, found {}{}",
                                               base::quoted(key), base::perhaps(key, {asked_.begin(), asked_.end()})));
}

Settings read_settings(const Checkpoint& checkpoint, const Options& options) {
    Settings settings(options.set);
    const std::string path = options.config.empty() ? checkpoint.config : options.config;
    if (!path.empty()) {
        const base::Json document = base::Json::parse(base::read_file(path), path);
        settings.add_config(base::JsonNode(document, path), std::filesystem::path(path).filename().string());
    }
    settings.add_checkpoint(checkpoint);
    return settings;
}

}  // namespace attest::formats::import
