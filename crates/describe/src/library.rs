//! The products and chapters at hand: those that the program carries, and those of a repository's own folder.

use crate::product::{Heading, Product, ProductError, left_out};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

/// Every shipped file, of products and chapters: its path below `queries/describe`, and its text.
static SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/products.rs"));

/// Products, in the order in which documents show them, and what their chapters are called.
#[derive(Debug, Default)]
pub struct Products {
    products: BTreeMap<String, Product>,
    chapters: BTreeMap<String, Heading>,
}

/// Why the products could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LibraryError {
    /// A file is not as the contract says.
    #[error("a description product cannot be used\n{0}")]
    Product(#[from] ProductError),
    /// A file could not be read at all.
    #[error("cannot read {path}: {error}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// No product has the identifier that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no description product '{id}'; there are {known}")]
pub struct UnknownProduct {
    id: String,
    known: String,
}

impl Products {
    /// The products that the program carries.
    ///
    /// # Errors
    /// When one of them breaks the contract, which a test of this crate rules out.
    pub fn shipped() -> Result<Self, LibraryError> {
        let mut products = Self::default();
        for (file, source) in SHIPPED {
            products.add(file, source)?;
        }
        Ok(products)
    }

    /// The shipped products, with those of a folder over them: one there with the id of a shipped one replaces it,
    /// and leaves it out when its header says `off: true`. A folder that does not exist adds nothing.
    ///
    /// # Errors
    /// When the folder cannot be read or holds a file that breaks the contract.
    pub fn with_folder(folder: &Path) -> Result<Self, LibraryError> {
        let mut products = Self::shipped()?;
        let mut files = Vec::new();
        if folder.is_dir() {
            collect(folder, &mut files)?;
        }
        for path in files {
            let source = fs::read_to_string(&path).map_err(|error| LibraryError::Read { path: path.clone(), error })?;
            products.add(&path.to_string_lossy().replace('\\', "/"), &source)?;
        }
        Ok(products)
    }

    fn add(&mut self, file: &str, source: &str) -> Result<(), LibraryError> {
        if file.ends_with(".yml") {
            let (chapter, heading) = Heading::parse(file, source)?;
            self.chapters.insert(chapter, heading);
        } else if let Some((id, line)) = left_out(source) {
            if self.products.remove(&id).is_none() {
                let what = format!("there is no product '{id}' to leave out: 'viite describe --products' lists them");
                return Err(ProductError { file: file.to_owned(), line, what }.into());
            }
        } else {
            let product = Product::parse(file, source)?;
            self.products.insert(product.id.clone(), product);
        }
        Ok(())
    }

    /// All products, in order.
    pub fn in_order(&self) -> Vec<&Product> {
        let mut products: Vec<&Product> = self.products.values().collect();
        products.sort_by(|a, b| a.order.cmp(&b.order));
        products
    }

    /// What a chapter is called, if a `chapter.yml` tells.
    pub fn chapter(&self, chapter: &str) -> Option<&Heading> {
        self.chapters.get(chapter)
    }

    /// One product.
    ///
    /// # Errors
    /// When there is none; the error names those that exist.
    pub fn product(&self, id: &str) -> Result<&Product, UnknownProduct> {
        self.products.get(id).ok_or_else(|| UnknownProduct {
            id: id.to_owned(),
            known: self.in_order().iter().map(|product| product.id.as_str()).collect::<Vec<_>>().join(", "),
        })
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), LibraryError> {
    let read = |error| LibraryError::Read { path: folder.to_owned(), error };
    for entry in fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "rq" || ending == "yml") {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_product_is_as_the_contract_says_and_stands_in_a_chapter_that_has_a_title() {
        let products = Products::shipped().unwrap();
        assert_eq!(products.in_order().len(), SHIPPED.iter().filter(|(file, _)| file.ends_with(".rq")).count());
        for product in products.in_order() {
            assert!(products.chapter(&product.chapter).is_some(), "{} has no chapter.yml", product.chapter);
        }
    }

    #[test]
    fn an_unknown_product_lists_those_that_exist() {
        let error = Products::shipped().unwrap().product("nothing").unwrap_err().to_string();
        assert!(error.contains("system-portfolio"), "{error}");
    }
}
