#include "tensor_view.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::formats {

namespace {

const Tensor& find_tensor(const base::JsonNode& node, const Tensors& tensors) {
    const base::JsonNode name = node.at("tensor");
    if (!tensors.file) name.fail("a file named by \"tensors\" at the top level", "no such key");
    const auto found = tensors.file->find(name.as_string());
    if (found == tensors.file->end()) name.fail("the name of a tensor in the companion file");
    if (found->second.type == NumberType::unread)
        name.fail("a tensor of numbers that are read (F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL)",
                  fmt::format("type {}", base::printable(found->second.type_name, 40)));
    return found->second;
}

}  // namespace

TensorView::TensorView(const base::JsonNode& node, const Tensors& tensors) {
    if (tensors.version == 1) node.allow_keys({"tensor"});
    else node.allow_keys({"tensor", "rows", "columns", "transpose"});
    tensor_ = &find_tensor(node, tensors);
    const std::vector<std::uint64_t>& shape = tensor_->shape;
    const bool listed = rank() == 1 || rank() == 2;
    for (const char* key : {"rows", "columns", "transpose"})
        if (node.has(key) && !(rank() == 2 || (rank() == 1 && std::string_view(key) == "rows")))
            node.at(key).fail("no such key for a tensor of this rank", TensorView::shape());
    if (listed) rows_ = {0, shape[0]};
    if (rank() == 2) columns_ = {0, shape[1]};
    if (node.has("rows")) rows_ = read_range(node.at("rows"), rows_.end);
    if (node.has("columns")) columns_ = read_range(node.at("columns"), columns_.end);
    if (node.has("transpose")) transposed_ = node.at("transpose").as_bool();
}

TensorView::Range TensorView::read_range(const base::JsonNode& node, std::uint64_t extent) {
    const std::vector<base::JsonNode> ends = node.elements();
    if (ends.size() != 2) node.fail("[first, one beyond the last], counted from 0");
    const std::int64_t begin = ends[0].as_integer(0, static_cast<std::int64_t>(extent));
    const std::int64_t end = ends[1].as_integer(begin, static_cast<std::int64_t>(extent));
    return {static_cast<std::uint64_t>(begin), static_cast<std::uint64_t>(end)};
}

std::uint64_t TensorView::count() const {
    if (rank() == 1) return rows_.size();
    return rank() == 2 ? rows_.size() * columns_.size() : tensor_->count();
}

std::string TensorView::shape() const {
    if (rank() == 1) return fmt::format("shape [{}]", rows_.size());
    if (rank() == 2) return fmt::format("shape [{}, {}]", rows(), columns());
    return fmt::format("shape [{}]", fmt::join(tensor_->shape, ", "));
}

exact::Rational TensorView::at(std::uint64_t row, std::uint64_t column, const std::string& where) const {
    if (transposed_) std::swap(row, column);
    return tensor_->at((rows_.begin + row) * tensor_->shape[1] + columns_.begin + column, where);
}

exact::Rational TensorView::at(std::uint64_t index, const std::string& where) const {
    if (rank() == 1) return tensor_->at(rows_.begin + index, where);
    if (rank() != 2) return tensor_->at(index, where);
    const std::uint64_t width = columns_.size();
    return tensor_->at((rows_.begin + index / width) * tensor_->shape[1] + columns_.begin + index % width, where);
}

}  // namespace attest::formats
