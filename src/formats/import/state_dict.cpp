#include "state_dict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "modules.hpp"

namespace attest::formats::import {

namespace {

using Kind = PickleValue::Kind;

/// How training scripts name the state dict of the network in a checkpoint that holds more.
constexpr std::array<std::string_view, 5> usual = {"model", "state_dict", "model_state_dict", "net", "params"};

struct Member {
    std::string name;
    const PickleValue* value;
};

bool has_tensors(const Pickle& pickle, const PickleValue& value) {
    if (is_module(pickle, value)) return true;
    return value.kind == Kind::dict && std::any_of(value.entries.begin(), value.entries.end(), [&](const auto& entry) {
               return is_tensor(pickle, pickle.at(entry.second));
           });
}

std::vector<Member> members_with_tensors(const Pickle& pickle, const PickleValue& dict) {
    std::vector<Member> members;
    for (const auto& [key, id] : dict.entries)
        if (const auto name = key_text(pickle, key); name && has_tensors(pickle, pickle.at(id)))
            members.push_back({*name, &pickle.at(id)});
    return members;
}

std::string list(const std::vector<Member>& members) {
    std::string text;
    for (const Member& member : members) text += (text.empty() ? "" : ", ") + base::named(member.name);
    return text.empty() ? "none" : text;
}

/// The member that holds the network: the one that was asked for, or the only one with a usual name.
Member choose(const std::vector<Member>& members, const std::string& asked, const std::string& where) {
    std::vector<Member> candidates;
    for (const Member& member : members)
        if (asked.empty() ? std::find(usual.begin(), usual.end(), member.name) != usual.end() : member.name == asked)
            candidates.push_back(member);
    if (candidates.size() == 1) return candidates[0];
    if (!asked.empty())
        throw base::InputError(where, fmt::format("a member {} with tensors", base::named(asked)), list(members));
    throw base::InputError(where, members.empty() ? "tensors" : "one member with the tensors of the network (--member)",
                           members.empty() ? "none in the dict" : list(members));
}

Contents of_member(const Pickle& pickle, const Storages& storages, const Member& member, const std::string& where) {
    Collector collector(pickle, storages, where);
    for (const auto& [key, id] : pickle.top().entries) {
        const std::string name = key_text(pickle, key).value_or("?");
        const PickleValue& value = pickle.at(id);
        if (&value == member.value) continue;
        if (!collector.add_scalars(value, name)) collector.ignore(name);
    }
    if (member.value->kind == Kind::dict) collector.add_dict(*member.value, "");
    else collector.add_module(*member.value, "");
    return collector.take();
}

}  // namespace

Contents read_contents(const Pickle& pickle, const Storages& storages, const std::string& member,
                       const std::string& where) {
    const PickleValue& top = pickle.top();
    if (is_module(pickle, top)) {
        Collector collector(pickle, storages, where);
        collector.add_module(top, "");
        return collector.take();
    }
    if (top.kind != Kind::dict) throw base::InputError(where, "tensors", describe(top));
    const std::vector<Member> members = members_with_tensors(pickle, top);
    const bool flat = members.empty() && has_tensors(pickle, top);
    if (!member.empty() || !flat) return of_member(pickle, storages, choose(members, member, where), where);
    Collector collector(pickle, storages, where);
    collector.add_dict(top, "");
    return collector.take();
}

}  // namespace attest::formats::import
