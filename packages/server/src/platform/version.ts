/** The product's version, as in the root package.json; a test keeps them alike. */
export const PRODUCT_VERSION = '0.1.0';
