#include "checker/network/tensor_view.hpp"

#include "checker/kernel/defect.hpp"

// MODEL.md, sections 4 and 9.2: a part of a tensor, transposed or not, without a copy. Ranges are half open and within
// the shape.

namespace attest::checker {
namespace {

const Tensor& find(const Cursor& at, const Tensors& tensors) {
    const std::string& name = at.at("tensor").string();
    const auto found = tensors.find(name);
    if (found == tensors.end()) at.fail("there is no tensor \"" + name + "\"");
    if (!found->second.is_read()) at.fail("numbers of type " + found->second.type + " are not read");
    return found->second;
}

}  // namespace

TensorView::TensorView(const Cursor& at, const Tensors& tensors, int version) : at_(at) {
    if (version == 1) at.only({"tensor"});
    else at.only({"tensor", "rows", "columns", "transpose"});
    tensor_ = &find(at, tensors);
    const auto rows = at.find("rows"), columns = at.find("columns"), transpose = at.find("transpose");
    if (rank() != 1 && rank() != 2 && rows) rows->fail("a tensor of rank 1 or 2 has rows");
    if (rank() != 2 && (columns || transpose)) at.fail("a tensor of rank 2 has columns and is transposed");
    if (rank() == 1 || rank() == 2) rows_ = {0, tensor_->shape[0]};
    if (rank() == 2) columns_ = {0, tensor_->shape[1]};
    if (rows) rows_ = range(*rows, rows_.end);
    if (columns) columns_ = range(*columns, columns_.end);
    transposed_ = transpose && transpose->truth();
}

TensorView::Range TensorView::range(const Cursor& at, std::uint64_t extent) {
    if (at.size() != 2) at.fail("a range is [first, one beyond the last]");
    const auto most = static_cast<std::int64_t>(extent);
    const std::int64_t begin = at.item(0).integer(0, most);
    const std::int64_t end = at.item(1).integer(begin, most);
    return {static_cast<std::uint64_t>(begin), static_cast<std::uint64_t>(end)};
}

std::uint64_t TensorView::count() const {
    if (rank() == 1) return rows_.size();
    return rank() == 2 ? rows_.size() * columns_.size() : tensor_->count();
}

std::uint64_t TensorView::place_of(std::uint64_t row, std::uint64_t column) const {
    if (transposed_) std::swap(row, column);
    return (rows_.begin + row) * tensor_->shape[1] + columns_.begin + column;
}

bool TensorView::floats(std::uint64_t row, std::span<double> entries) const {
    return tensor_->floats_from(place_of(row, 0), transposed_ ? tensor_->shape[1] : 1, entries);
}

bool TensorView::floats(std::span<double> entries) const {
    if (rank() == 1) return tensor_->floats_from(rows_.begin, 1, entries);
    const bool is_column = columns_.size() == 1;
    return tensor_->floats_from(rows_.begin * tensor_->shape[1] + columns_.begin, is_column ? tensor_->shape[1] : 1,
                                entries);
}

KeptRational TensorView::at(std::uint64_t row, std::uint64_t column) const { return element(place_of(row, column)); }

KeptRational TensorView::at(std::uint64_t index) const {
    if (rank() == 1) return element(rows_.begin + index);
    if (rank() != 2) return element(index);
    const std::uint64_t row = rows_.begin + index / columns_.size();
    return element(row * tensor_->shape[1] + columns_.begin + index % columns_.size());
}

KeptRational TensorView::element(std::uint64_t index) const {
    try {
        return tensor_->at(index);
    } catch (const Defect& defect) {
        at_.fail(std::string(defect.what()) + " at element " + std::to_string(index));
    }
}

}  // namespace attest::checker
