#pragma once

// Writing and reading of what record.hpp says of lists of members.

#include <concepts>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "attest/base/json.hpp"
#include "attest/record/record.hpp"

namespace attest::record {

struct AnyFields {};
template <typename T>
concept Record = requires(T& record, AnyFields& any) {
    T::list(record, any);
};

template <typename T>
nlohmann::ordered_json to_json(const T& value);
/// False where it is of another kind; what was read is then worthless.
template <typename T>
bool take(const base::Json& from, T& value);

/// Writes members in the order in which they are listed.
class Writer {
  public:
    void constant(const char* key, const char* text) { object[key] = text; }
    template <typename T>
    void required(const char* key, const T& value) {
        object[key] = to_json(value);
    }
    /// Nothing is written where there is none.
    template <typename T>
    void optional(const char* key, const std::optional<T>& value) {
        if (value) object[key] = to_json(*value);
    }
    /// null where there is none.
    template <typename T>
    void nullable(const char* key, const std::optional<T>& value) {
        object[key] = to_json(value);
    }

    nlohmann::ordered_json object;
};

// Kinds of JSON.
bool take_plain(const base::Json& from, bool& value);
bool take_plain(const base::Json& from, std::int64_t& value);
bool take_plain(const base::Json& from, std::size_t& value);
bool take_plain(const base::Json& from, unsigned& value);
bool take_plain(const base::Json& from, double& value);
bool take_plain(const base::Json& from, std::string& value);
bool take_plain(const base::Json& from, Number& value);
bool take_plain(const base::Json& from, Value& value);
bool take_plain(const base::Json& from, base::Json& value);
nlohmann::ordered_json plain_json(const Number& value);
nlohmann::ordered_json plain_json(const Value& value);
nlohmann::ordered_json plain_json(const base::Json& value);
const base::Json* member(const base::Json& object, const char* key);

/// Reads what another program wrote: a required member that is missing or of another kind makes it no record; an
/// optional one of another kind is as good as missing.
class Reader {
  public:
    explicit Reader(const base::Json& object) : object_(object), whole(object.is_object()) {}

    void constant(const char* key, const char* text) {
        std::string found;
        const base::Json* at = member(object_, key);
        whole = whole && at != nullptr && take_plain(*at, found) && found == text;
    }
    template <typename T>
    void required(const char* key, T& value) {
        const base::Json* at = member(object_, key);
        whole = whole && at != nullptr && take(*at, value);
    }
    template <typename T>
    void optional(const char* key, std::optional<T>& value) {
        const base::Json* at = member(object_, key);
        T found{};
        if (at != nullptr && take(*at, found)) value = std::move(found);
    }
    template <typename T>
    void nullable(const char* key, std::optional<T>& value) {
        const base::Json* at = member(object_, key);
        whole = whole && at != nullptr;
        optional(key, value);
    }

  private:
    const base::Json& object_;

  public:
    bool whole;  ///< so far
};

template <typename T>
struct OptionalOf : std::false_type {};
template <typename T>
struct OptionalOf<std::optional<T>> : std::true_type {};
template <typename T>
struct ListOf : std::false_type {};
template <typename T>
struct ListOf<std::vector<T>> : std::true_type {};
template <typename T>
struct KeyedOf : std::false_type {};
template <typename T>
struct KeyedOf<Keyed<T>> : std::true_type {};
template <typename T>
concept List = ListOf<T>::value && !KeyedOf<T>::value;
template <typename T>
struct ChoiceOf : std::false_type {};
template <typename... T>
struct ChoiceOf<std::variant<T...>> : std::true_type {};

/// Of kinds that may stand in one place the first that fits.
template <std::size_t K = 0, typename... T>
bool take_first(const base::Json& from, std::variant<T...>& value) {
    if constexpr (K == sizeof...(T)) return false;
    else return take(from, value.template emplace<K>()) || take_first<K + 1>(from, value);
}

template <typename T>
nlohmann::ordered_json to_json(const T& value) {
    if constexpr (Record<T>) {
        Writer writer;
        T::list(value, writer);
        return std::move(writer.object);
    } else if constexpr (std::same_as<T, Number> || std::same_as<T, Value> || std::same_as<T, base::Json>) {
        return plain_json(value);
    } else if constexpr (ChoiceOf<T>::value) {
        return std::visit([](const auto& one) { return to_json(one); }, value);
    } else if constexpr (KeyedOf<T>::value) {
        nlohmann::ordered_json object = nlohmann::ordered_json::object();
        for (const auto& [key, member] : value) object[key] = to_json(member);
        return object;
    } else if constexpr (OptionalOf<T>::value) {
        return value ? to_json(*value) : nlohmann::ordered_json(nullptr);
    } else if constexpr (List<T>) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const auto& element : value) list.push_back(to_json(element));
        return list;
    } else {
        return value;
    }
}

template <typename T>
bool take(const base::Json& from, T& value) {
    if constexpr (Record<T>) {
        Reader reader(from);
        T::list(value, reader);
        return reader.whole;
    } else if constexpr (OptionalOf<T>::value) {
        return from.is_null() || take(from, value.emplace());
    } else if constexpr (ChoiceOf<T>::value) {
        return take_first(from, value);
    } else if constexpr (KeyedOf<T>::value) {
        if (!from.is_object()) return false;
        for (const auto& [key, member] : std::get<base::Json::Object>(from.value_))
            if (!take(member, value.emplace_back(key, typename T::value_type::second_type{}).second)) return false;
        return true;
    } else if constexpr (List<T>) {
        if (!from.is_array()) return false;
        for (const base::Json& element : std::get<base::Json::Array>(from.value_)) {
            typename T::value_type one{};
            if (take(element, one)) value.push_back(std::move(one));
        }
        return true;
    } else {
        return take_plain(from, value);
    }
}

template <typename T>
nlohmann::ordered_json write(const T& record) {
    return to_json(record);
}

template <typename T>
std::optional<T> read(const base::Json& document) {
    T record{};
    if (!take(document, record)) return std::nullopt;
    return record;
}

}  // namespace attest::record
