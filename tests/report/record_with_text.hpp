#pragma once

// Records that have a text wherever they can hold one.

#include <nlohmann/json.hpp>

#include "fields.hpp"
#include "record/build.hpp"
#include "record/class_census.hpp"
#include "record/classify.hpp"
#include "record/emergence.hpp"
#include "record/emergence_graph.hpp"
#include "record/influence.hpp"
#include "record/layers.hpp"
#include "record/ledger.hpp"
#include "record/measure.hpp"
#include "record/model_language.hpp"
#include "record/progress.hpp"
#include "record/prove.hpp"
#include "record/restriction.hpp"
#include "record/threshold.hpp"

namespace attest::tests {

/// All members, also those that may be missing; two elements in each list.
class TextEverywhere {
  public:
    explicit TextEverywhere(const std::string& text) : text_(text) {}

    void constant(const char*, const char*) {}
    template <typename T>
    void required(const char*, T& value) {
        fill(value);
    }
    template <typename T>
    void optional(const char*, std::optional<T>& value) {
        fill(value.emplace());
    }
    template <typename T>
    void nullable(const char*, std::optional<T>& value) {
        fill(value.emplace());
    }

    template <typename T>
    void fill(T& value) {
        if constexpr (record::Record<T>) T::list(value, *this);
        else if constexpr (record::ChoiceOf<T>::value) fill(value.template emplace<0>());
        else if constexpr (std::same_as<T, record::Members>) value = {{"1", text_}, {text_, text_}};
        else if constexpr (record::KeyedOf<T>::value)
            fill(value.emplace_back(text_, typename T::value_type::second_type{}).second);
        else if constexpr (std::same_as<T, record::Number>) value = {text_, true};
        else if constexpr (std::same_as<T, record::Value>) value.ends = {record::Number{text_, true}};
        else if constexpr (record::OptionalOf<T>::value) fill(value.emplace());
        else if constexpr (record::List<T>)
            for (int k = 0; k < 2; ++k) fill(value.emplace_back());
        else if constexpr (std::same_as<T, std::string>) value = text_;
        else value = static_cast<T>(3);
    }

  private:
    const std::string& text_;
};

template <typename Record>
Record with_text(const std::string& text) {
    Record record{};
    TextEverywhere(text).fill(record);
    return record;
}

/// The same as a command prints it.
template <typename Record>
std::string document_with(const std::string& text) {
    return record::write(with_text<Record>(text)).dump();
}

}  // namespace attest::tests
